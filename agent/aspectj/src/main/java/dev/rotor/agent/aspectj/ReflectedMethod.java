package dev.rotor.agent.aspectj;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.BaseUrl;
import dev.rotor.annotations.CacheKey;
import dev.rotor.annotations.LimitBy;
import dev.rotor.runtime.SiteDeclaration;
import dev.rotor.runtime.method.Arguments;
import dev.rotor.runtime.method.MethodShape;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A method as reflection shows it, together with those that it overrides. */
final class ReflectedMethod {

  private final Method method;
  private final List<Method> family;
  private final String name;

  ReflectedMethod(Method method) {
    this.method = method;
    this.family = Overriding.family(method);
    this.name =
        method.getDeclaringClass().getName()
            + '#'
            + method.getName()
            + Stream.of(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
  }

  MethodShape shape() {
    Class<?> result = method.getReturnType();
    return new MethodShape(
        result == CompletableFuture.class || result == CompletionStage.class,
        Modifier.isSynchronized(method.getModifiers()),
        first(marked(ApiKey.class)),
        first(marked(BaseUrl.class)));
  }

  /**
   * What the method is to the engine.
   *
   * @throws IllegalArgumentException when an annotation's attribute is wrong; the message names it
   */
  SiteDeclaration declaration() {
    List<AnnotatedElement> sources = new ArrayList<>();
    Set<String> types = new LinkedHashSet<>();
    for (Method member : family) {
      sources.add(member);
      sources.add(member.getDeclaringClass());
      types.add(member.getDeclaringClass().getName());
    }
    boolean named = Stream.of(method.getParameters()).allMatch(Parameter::isNamePresent);
    return new SiteDeclaration(
        name,
        List.copyOf(types),
        method.getName(),
        Stream.of(method.getParameterTypes()).map(Class::getTypeName).toList(),
        named ? Stream.of(method.getParameters()).map(Parameter::getName).toList() : List.of(),
        Annotations.marks(sources, name),
        shape().takesKey(),
        Arguments.limitBy(marked(LimitBy.class)),
        Arguments.cacheKey(marked(CacheKey.class), Modifier.isStatic(method.getModifiers())));
  }

  /** Indices of the parameters that bear an annotation, here or in a method that is overridden. */
  private List<Integer> marked(Class<? extends Annotation> annotation) {
    Set<Integer> result = new LinkedHashSet<>();
    for (Method member : family) {
      Parameter[] parameters = member.getParameters();
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i].isAnnotationPresent(annotation)) {
          result.add(i);
        }
      }
    }
    return List.copyOf(result);
  }

  private static int first(List<Integer> indices) {
    return indices.isEmpty() ? -1 : indices.get(0);
  }
}
