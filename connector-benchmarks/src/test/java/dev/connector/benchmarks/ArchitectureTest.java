package dev.connector.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The rules of the other modules are checked where the benchmarks are not seen; this one matters here too. */
class ArchitectureTest {

    @Test
    void benchmarks_useTheLibraryAsItsUsersDo() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.connector..internal..")
                .because("what is measured must be what users can do")
                .check(new ClassFileImporter().importPackages("dev.connector.benchmarks"));
    }
}
