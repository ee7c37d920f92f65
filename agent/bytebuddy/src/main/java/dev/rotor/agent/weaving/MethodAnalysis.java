package dev.rotor.agent.weaving;

import dev.rotor.runtime.SiteDeclaration;
import dev.rotor.runtime.SiteDeclaration.Marks;
import dev.rotor.runtime.config.BindSettings;
import dev.rotor.runtime.method.Arguments;
import dev.rotor.runtime.method.MethodShape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.description.annotation.AnnotationSource;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.MethodDescription.TypeToken;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.scaffold.MethodGraph;

/**
 * Finds the sites among the methods that a class declares. Which methods of supertypes one of them
 * overrides is told by the method graph, so that generics and their bridges are seen through.
 */
final class MethodAnalysis {

  /** A method with what is known of it. */
  record Found(
      MethodDescription.InDefinedShape method, SiteDeclaration declaration, MethodShape shape) {}

  private final TypeDescription type;
  private final List<TypeDescription> supertypes;
  private final MethodGraph.Linked graph;

  MethodAnalysis(TypeDescription type) {
    this.type = type;
    this.supertypes = supertypes(type);
    this.graph = MethodGraph.Compiler.DEFAULT.compile((TypeDefinition) type);
  }

  /** The sites that annotations or bindings make. */
  List<Found> find(List<BindSettings> binds) {
    List<Found> result = new ArrayList<>();
    for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
      if (mayBeSite(method)) {
        Found found = analyse(method);
        if (!found.declaration().marks().equals(Marks.NONE)
            || binds.stream()
                .anyMatch(
                    bind ->
                        bind.isFor(
                            found.declaration().types(),
                            method.getName(),
                            found.declaration().parameterTypes()))) {
          result.add(found);
        }
      }
    }
    return result;
  }

  /**
   * Constructors, native and abstract methods never are; bridges and lambda bodies are the
   * compiler's.
   */
  private static boolean mayBeSite(MethodDescription method) {
    return method.isMethod()
        && !method.isAbstract()
        && !method.isNative()
        && !method.isSynthetic()
        && !method.isBridge();
  }

  private Found analyse(MethodDescription.InDefinedShape method) {
    List<MethodDescription> overridden = overridden(method);
    List<AnnotationSource> sources = new ArrayList<>();
    List<MethodDescription> family = new ArrayList<>();
    Set<String> types = new LinkedHashSet<>();
    sources.add(method);
    sources.add(type);
    family.add(method);
    types.add(type.getName());
    for (MethodDescription parent : overridden) {
      TypeDescription owner = parent.getDeclaringType().asErasure();
      sources.add(parent);
      sources.add(owner);
      family.add(parent);
      types.add(owner.getName());
    }
    String name = name(method);
    MethodShape shape =
        new MethodShape(
            returnsFuture(method),
            method.isSynchronized(),
            first(marked(family, "ApiKey")),
            first(marked(family, "BaseUrl")));
    List<String> parameterNames = new ArrayList<>();
    List<String> parameterTypes = new ArrayList<>();
    for (ParameterDescription parameter : method.getParameters()) {
      parameterTypes.add(parameter.getType().asErasure().getActualName());
      if (parameter.isNamed()) {
        parameterNames.add(parameter.getName());
      }
    }
    SiteDeclaration declaration =
        new SiteDeclaration(
            name,
            List.copyOf(types),
            method.getName(),
            parameterTypes,
            parameterNames.size() == parameterTypes.size() ? parameterNames : List.of(),
            Annotations.marks(sources, name),
            shape.takesKey(),
            Arguments.limitBy(marked(family, "LimitBy")),
            Arguments.cacheKey(marked(family, "CacheKey"), method.isStatic()));
    return new Found(method, declaration, shape);
  }

  private static String name(MethodDescription method) {
    StringBuilder text = new StringBuilder();
    text.append(method.getDeclaringType().asErasure().getName())
        .append('#')
        .append(method.getName());
    text.append('(');
    for (ParameterDescription parameter : method.getParameters()) {
      text.append(parameter.getIndex() == 0 ? "" : ", ")
          .append(parameter.getType().asErasure().getSimpleName());
    }
    return text.append(')').toString();
  }

  private static boolean returnsFuture(MethodDescription method) {
    String type = method.getReturnType().asErasure().getName();
    return type.equals("java.util.concurrent.CompletableFuture")
        || type.equals("java.util.concurrent.CompletionStage");
  }

  /**
   * Indices of the parameters that bear an annotation, here or in a method that this one overrides.
   */
  private static List<Integer> marked(List<MethodDescription> family, String annotation) {
    Set<Integer> result = new LinkedHashSet<>();
    for (MethodDescription method : family) {
      for (ParameterDescription parameter : method.getParameters()) {
        if (Annotations.find(parameter, annotation) != null) {
          result.add(parameter.getIndex());
        }
      }
    }
    return List.copyOf(result);
  }

  private static int first(List<Integer> indices) {
    return indices.isEmpty() ? -1 : indices.get(0);
  }

  /** What a method overrides, nearest first: superclasses upwards, then interfaces. */
  private List<MethodDescription> overridden(MethodDescription.InDefinedShape method) {
    if (!method.isVirtual()) {
      return List.of();
    }
    MethodGraph.Node node = graph.locate(method.asSignatureToken());
    Set<TypeToken> shapes =
        node.getSort().isResolved() ? node.getMethodTypes() : Set.of(method.asTypeToken());
    List<MethodDescription> result = new ArrayList<>();
    for (TypeDescription parent : supertypes) {
      MethodList<?> methods = parent.getDeclaredMethods();
      for (MethodDescription candidate : methods) {
        if (candidate.getName().equals(method.getName())
            && candidate.isVirtual()
            && !candidate.isBridge()
            && shapes.contains(candidate.asDefined().asTypeToken())) {
          result.add(candidate);
        }
      }
    }
    return result;
  }

  private static List<TypeDescription> supertypes(TypeDescription type) {
    List<TypeDescription> classes = new ArrayList<>();
    Set<TypeDescription> interfaces = new LinkedHashSet<>();
    TypeDescription current = type;
    while (current != null) {
      addInterfaces(current, interfaces);
      TypeDescription.Generic parent = current.getSuperClass();
      current = parent == null ? null : parent.asErasure();
      if (current != null && !current.represents(Object.class)) {
        classes.add(current);
      }
    }
    classes.addAll(interfaces);
    return classes;
  }

  private static void addInterfaces(TypeDescription type, Set<TypeDescription> into) {
    for (TypeDescription.Generic parent : type.getInterfaces()) {
      if (into.add(parent.asErasure())) {
        addInterfaces(parent.asErasure(), into);
      }
    }
  }
}
