package dev.connector.examples.api;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each way in that the published modules offer is used by a test of this package, which sees of them no more than any user: one that lost its {@code public} does not
 * compile here, and one that is new must be tried here.
 *
 * <p>A way in is a public constructor, a public static method, or a public method of a builder. The setters that are generated for a value's attributes are asked for by name,
 * since the generator adds overloads; what else it adds is not asked for.
 */
class ApiIsCalledTest {

    private static final String GENERATED = "Immutable";
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                    "dev.connector.core", "dev.connector.strategies", "dev.connector.testing", "dev.connector.testkit");
    private static final JavaClasses API_TESTS =
            new ClassFileImporter().importPackages(ApiIsCalledTest.class.getPackageName());

    @Test
    void everyWayIn_isUsedFromOutside() {
        assertThat(unused(API_TESTS))
                .as("ways into the library that no test of this package uses")
                .isEmpty();
    }

    @Test
    void waysIn_areOfEachKind_andOnlyWhatUsersCanReach() {
        assertThat(waysIn())
                .contains(
                        "dev.connector.core.RuntimeConnector.builder()",
                        "dev.connector.core.ConnectorClock.system()",
                        "dev.connector.core.ConnectorException.<init>(java.lang.String, java.lang.Throwable)",
                        "dev.connector.core.strategy.AccessRequest$Builder.reason",
                        "dev.connector.core.strategy.AccessRequest$Builder.build",
                        "dev.connector.strategies.iam.IamGroupStrategy$Builder.build()",
                        "dev.connector.strategies.sso.PermissionSetStrategy$Builder.instanceArn(java.lang.String)",
                        "dev.connector.testing.Canary.create()",
                        "dev.connector.testkit.StrategyTestKit.of(java.util.function.Supplier)")
                .noneMatch(way -> way.contains(".internal."))
                .noneMatch(way -> way.contains(GENERATED))
                .noneMatch(way -> way.contains("IdentityCenterBuilder"))
                .noneMatch(way -> way.endsWith("Builder.from"));
    }

    @Test
    void waysIn_ofWhichATestIsMissing_areNamed() {
        JavaClasses others = API_TESTS.that(
                DescribedPredicate.not(HasName.Predicates.nameContaining(SsoApiTest.class.getSimpleName())));

        assertThat(unused(others))
                .contains(
                        "dev.connector.strategies.sso.PermissionSetTarget.of(java.lang.String, java.lang.String)",
                        "dev.connector.strategies.sso.PermissionSetTarget$Builder.label",
                        "dev.connector.strategies.sso.PermissionSetStrategy$Builder.instanceArn(java.lang.String)",
                        "dev.connector.strategies.sso.IdentityStoreGroupStrategy$Builder.instanceArn(java.lang.String)")
                .allMatch(way -> way.startsWith("dev.connector.strategies.sso."));
    }

    private static Set<String> unused(JavaClasses tests) {
        Set<String> unused = waysIn();
        tests.stream()
                .flatMap(test -> test.getCodeUnitAccessesFromSelf().stream())
                .flatMap(ApiIsCalledTest::usedBy)
                .forEach(unused::remove);
        return unused;
    }

    private static Stream<String> usedBy(JavaCodeUnitAccess<?> access) {
        String name = access.getTargetOwner().getName() + "." + access.getName();
        return Stream.of(name, name + parameters(access.getTarget().getRawParameterTypes()));
    }

    private static Set<String> waysIn() {
        return LIBRARY.stream()
                .filter(ApiIsCalledTest::isReachable)
                .flatMap(type -> Stream.of(constructors(type), staticMethods(type), builderMethods(type)))
                .flatMap(Function.identity())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isReachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !(type.getPackageName() + ".").contains(".internal.")
                && type.getEnclosingClass().map(ApiIsCalledTest::isReachable).orElse(true);
    }

    private static Stream<String> constructors(JavaClass type) {
        return type.getConstructors().stream()
                .filter(ApiIsCalledTest::isReachable)
                .map(constructor -> type.getName() + ".<init>" + parameters(constructor.getRawParameterTypes()));
    }

    private static Stream<String> staticMethods(JavaClass type) {
        return type.getMethods().stream()
                .filter(ApiIsCalledTest::isReachable)
                .filter(method -> method.getModifiers().contains(JavaModifier.STATIC) && !type.isEnum())
                .map(method -> withParameters(type, method));
    }

    private static Stream<String> builderMethods(JavaClass type) {
        return type.getAllMethods().stream()
                .filter(build -> build.getName().equals("build"))
                .map(build -> attributes(build.getRawReturnType()))
                .findFirst()
                .map(attributes -> builderMethods(type, attributes))
                .orElse(Stream.empty());
    }

    private static Stream<String> builderMethods(JavaClass builder, Set<String> attributes) {
        return builder.getAllMethods().stream()
                .filter(method -> isReachable(method) && !method.getOwner().isEquivalentTo(Object.class))
                .filter(method -> !isGenerated(method) || attributes.contains(method.getName()))
                .map(method -> isGenerated(method)
                        ? builder.getName() + "." + method.getName()
                        : withParameters(builder, method));
    }

    /** What a builder of such a value may set, and {@code build}. */
    private static Set<String> attributes(JavaClass value) {
        return Stream.concat(
                        Stream.of("build"),
                        value.getMethods().stream()
                                .filter(method -> method.getRawParameterTypes().isEmpty())
                                .map(JavaMethod::getName))
                .collect(Collectors.toSet());
    }

    private static boolean isGenerated(JavaMethod method) {
        return method.getOwner().getName().contains(GENERATED);
    }

    private static boolean isReachable(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static String withParameters(JavaClass owner, JavaMethod method) {
        return owner.getName() + "." + method.getName() + parameters(method.getRawParameterTypes());
    }

    private static String parameters(List<JavaClass> types) {
        return types.stream().map(JavaClass::getName).collect(joining(", ", "(", ")"));
    }
}
