package dev.rotor.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which package may know which: the rules of the design, section 3. */
class DependenciesTest {

  private static final String ROOT = "dev.rotor.runtime";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void dependenciesPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("engine")
        .definedBy(ROOT)
        .layer("http")
        .definedBy(ROOT + ".http..")
        .layer("call")
        .definedBy(ROOT + ".call..")
        .layer("key")
        .definedBy(ROOT + ".key..")
        .layer("policy")
        .definedBy(ROOT + ".policy..")
        .layer("state")
        .definedBy(ROOT + ".state..")
        .layer("observe")
        .definedBy(ROOT + ".observe..")
        .layer("config")
        .definedBy(ROOT + ".config..")
        .layer("time")
        .definedBy(ROOT + ".time..")
        .whereLayer("engine")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("engine")
        .whereLayer("call")
        .mayOnlyBeAccessedByLayers("http", "engine")
        .whereLayer("key")
        .mayOnlyBeAccessedByLayers("call", "http", "engine")
        .whereLayer("policy")
        .mayOnlyBeAccessedByLayers("key", "call", "http", "engine")
        .whereLayer("state")
        .mayOnlyBeAccessedByLayers("key", "engine")
        .whereLayer("observe")
        .mayOnlyBeAccessedByLayers("key", "call", "http", "engine")
        .whereLayer("config")
        .mayNotAccessAnyLayer()
        .whereLayer("time")
        .mayNotAccessAnyLayer()
        .check(CLASSES);
  }

  @Test
  void theEngineKnowsNoFrontEnd() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "net.bytebuddy..",
            "org.aspectj..",
            "java.net.http..",
            "okhttp3..",
            "org.apache.http..",
            "org.apache.hc..",
            "reactor..",
            "dev.rotor.agent..")
        .check(CLASSES);
  }

  @Test
  void onlyConfigurationReadsYamlAndOnlyKeysKnowBreakers() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".config..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".key..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.resilience4j..")
        .check(CLASSES);
  }
}
