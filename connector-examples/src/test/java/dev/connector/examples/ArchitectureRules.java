package dev.connector.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds for every class of the library, as rules over all packages below a root. A new module must be added to the table here. */
final class ArchitectureRules {

    private static final String[] SDK_BASE = {
        "software.amazon.awssdk.auth..",
        "software.amazon.awssdk.awscore..",
        "software.amazon.awssdk.core..",
        "software.amazon.awssdk.http..",
        "software.amazon.awssdk.identity.spi..",
        "software.amazon.awssdk.regions..",
        "software.amazon.awssdk.retries.api..",
        "software.amazon.awssdk.utils.."
    };

    private final String root;
    private final String core;
    private final String iam;
    private final String sso;
    private final String testing;
    private final String testkit;
    private final String examples;
    private final String benchmarks;
    private final DescribedPredicate<JavaClass> library;

    ArchitectureRules(String root) {
        this.root = root;
        core = root + ".core";
        iam = root + ".strategies.iam";
        sso = root + ".strategies.sso";
        testing = root + ".testing";
        testkit = root + ".testkit";
        examples = root + ".examples";
        benchmarks = root + ".benchmarks";
        library = resideInAnyPackage(core + "..", root + ".strategies..");
    }

    /** All rules, by a name that the classes which break them are found by. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("Stray", everyClassIsInAModule());
        rules.put("Core", coreDependsOnNothingElse());
        rules.put("IamStrategy", iamStrategyDependsOnCoreAndIam());
        rules.put("SsoStrategy", ssoStrategiesDependOnCoreAndIdentityCenter());
        rules.put("SomeStrategy", noStrategyDependsOnAnother());
        rules.put("Testing", testingKnowsNothingOfCore());
        rules.put("Puppeteer", testkitKnowsNoStrategy());
        rules.put("Trespass", internalPackagesStayInTheirModule());
        rules.put("ExposedInternals", signaturesShowNoInternals());
        rules.put("ExposedLibraries", signaturesShowNoOtherLibrary());
        rules.put("Printing", onlyExamplesAndBenchmarksPrint());
        rules.put("Monitor", noMonitors());
        rules.put("StaticState", noStaticState());
        rules.put("WallClock", oneClock());
        rules.put("Overloads", onlyPlainOperations());
        return rules;
    }

    private ArchRule everyClassIsInAModule() {
        return classes()
                .should()
                .resideInAnyPackage(
                        core + "..",
                        iam + "..",
                        sso + "..",
                        testing + "..",
                        testkit + "..",
                        examples + "..",
                        benchmarks + "..")
                .because(
                        "the table of modules says what a package may depend on, and a package without a module may anything");
    }

    private ArchRule coreDependsOnNothingElse() {
        return onlyDependOn(
                core,
                "users get few dependencies, and core must not know who builds on it",
                "software.amazon.awssdk.services.sts..",
                "org.slf4j..",
                "com.fasterxml.jackson..");
    }

    private ArchRule iamStrategyDependsOnCoreAndIam() {
        return onlyDependOn(
                iam,
                "whoever uses one strategy must not have to bring the libraries of others",
                core + "..",
                "software.amazon.awssdk.services.iam..");
    }

    private ArchRule ssoStrategiesDependOnCoreAndIdentityCenter() {
        return onlyDependOn(
                sso,
                "whoever uses one strategy must not have to bring the libraries of others",
                core + "..",
                "software.amazon.awssdk.services.ssoadmin..",
                "software.amazon.awssdk.services.identitystore..");
    }

    private ArchRule testingKnowsNothingOfCore() {
        return onlyDependOn(
                testing,
                "AWS does not know the library either; a simulation that did could share its mistakes",
                "software.amazon.awssdk..",
                "com.fasterxml.jackson..",
                "com.sun.net.httpserver..");
    }

    private ArchRule testkitKnowsNoStrategy() {
        return onlyDependOn(
                testkit,
                "it holds every strategy to the same word, and the users' own as well",
                core + "..",
                testing + "..");
    }

    private ArchRule onlyDependOn(String module, String because, String... packages) {
        String[] allowed = Stream.of(
                        Stream.of(
                                module + "..",
                                "java..",
                                "javax.annotation.processing..",
                                "org.jspecify..",
                                "org.immutables.value.."),
                        Stream.of(SDK_BASE),
                        Stream.of(packages))
                .flatMap(each -> each)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(module + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(primitiveOrArrayOfIt()))
                .because(because);
    }

    private static DescribedPredicate<JavaClass> primitiveOrArrayOfIt() {
        return DescribedPredicate.describe(
                "primitive types", type -> type.getBaseComponentType().isPrimitive());
    }

    private ArchRule noStrategyDependsOnAnother() {
        return slices().matching(root + ".strategies.(*)..")
                .should()
                .notDependOnEachOther()
                .because("each strategy must be usable alone; what they share is in core");
    }

    private ArchRule internalPackagesStayInTheirModule() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(new ArchCondition<>("not use what is internal to another module") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getDirectDependenciesFromSelf().stream()
                                .filter(dependency -> isInternal(dependency.getTargetClass()))
                                .filter(dependency -> !moduleOf(type).equals(moduleOf(dependency.getTargetClass())))
                                .forEach(dependency ->
                                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
                    }
                })
                .because("internal packages may change with any release, and modules are released one by one");
    }

    private ArchRule signaturesShowNoInternals() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .and(not(resideInAPackage("..internal..")))
                .should(exposeNo("internal types", this::isInternal))
                .because("what users can name in their code, they will");
    }

    private ArchRule signaturesShowNoOtherLibrary() {
        DescribedPredicate<JavaClass> others = resideInAnyPackage(
                "com.fasterxml.jackson..",
                "com.github.benmanes.caffeine..",
                "software.amazon.awssdk.services..model..");
        return classes()
                .that(resideInAPackage(root + "..").and(not(resideInAnyPackage("..internal..", examples + ".."))))
                .should(exposeNo("types of Jackson, Caffeine or a model of the SDK", others))
                .because("a new version of those must not be a new version of this library's interface");
    }

    private ArchRule onlyExamplesAndBenchmarksPrint() {
        return noClasses()
                .that(resideInAPackage(root + "..").and(not(resideInAnyPackage(examples + "..", benchmarks + ".."))))
                .should(ACCESS_STANDARD_STREAMS)
                .because("standard output belongs to the service");
    }

    private ArchRule noMonitors() {
        return noMethods()
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .because("a monitor pins a virtual thread, and everybody can take it");
    }

    private ArchRule noStaticState() {
        return fields().that(modifier(JavaModifier.STATIC))
                .and(not(modifier(JavaModifier.SYNTHETIC)))
                .and(not(declaredIn(sso + ".AssignmentQueues")))
                .should(new ArchCondition<>("be final and hold a value that cannot change") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        if (!field.getModifiers().contains(JavaModifier.FINAL)
                                || StaticValue.of(field).canChange(root)) {
                            events.add(SimpleConditionEvent.violated(field, field.getFullName() + " can change"));
                        }
                    }
                })
                .because(
                        "two connectors in one service must not see each other, nor two tests; except that AWS counts what"
                                + " all of them ask of one Identity Center instance together, so they have to queue together");
    }

    private static DescribedPredicate<JavaMember> declaredIn(String type) {
        return DescribedPredicate.describe(
                "declared in " + type, member -> member.getOwner().getName().equals(type));
    }

    private ArchRule oneClock() {
        return classes()
                .that(DescribedPredicate.describe(
                        "are not the system clock or what ends tests that hang",
                        type -> !type.getName().equals(core + ".internal.SystemClock")
                                && !type.getName().equals(testing + ".internal.time.StallDetector")))
                .should(accessNo("clocks, sleeps and timed waits", TimeAccess::isForbidden))
                .because(
                        "under virtual time a test must see all waiting, and a step of the wall clock must change none");
    }

    private ArchRule onlyPlainOperations() {
        return classes()
                .that(library)
                .should(accessNo(
                        "Consumer overloads, paginators and waiters of the SDK", ArchitectureRules::isConvenience))
                .because("a mocked client answers them with null");
    }

    private static boolean isConvenience(JavaAccess<?> access) {
        return access.getTargetOwner().isAssignableTo("software.amazon.awssdk.core.SdkClient")
                && (access.getName().endsWith("Paginator")
                        || access.getName().equals("waiter")
                        || TimeAccess.parameters(access).contains(Consumer.class.getName()));
    }

    private boolean isInternal(JavaClass type) {
        return type.getBaseComponentType().getPackageName().startsWith(root + ".")
                && (type.getBaseComponentType().getPackageName() + ".").contains(".internal.");
    }

    private String moduleOf(JavaClass type) {
        return Stream.of(core, iam, sso, testing, testkit, examples, benchmarks)
                .filter(module -> (type.getPackageName() + ".").startsWith(module + "."))
                .findFirst()
                .orElse(type.getPackageName());
    }

    private static ArchCondition<JavaClass> accessNo(String what, Predicate<JavaAccess<?>> forbidden) {
        return new ArchCondition<>("use no " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesFromSelf().stream()
                        .filter(forbidden)
                        .forEach(access -> events.add(SimpleConditionEvent.violated(type, access.getDescription())));
            }
        };
    }

    private ArchCondition<JavaClass> exposeNo(String what, Predicate<JavaClass> hidden) {
        return new ArchCondition<>("expose no " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isAccessible(type)) {
                    return;
                }
                Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                        .filter(hidden)
                        .forEach(shown -> violated(events, type, type.getName(), shown));
                members(type)
                        .forEach(member -> typesOf(member).stream()
                                .filter(hidden)
                                .forEach(shown -> violated(events, type, member.getFullName(), shown)));
            }
        };
    }

    private static void violated(ConditionEvents events, JavaClass type, String where, JavaClass shown) {
        events.add(SimpleConditionEvent.violated(type, where + " exposes " + shown.getName()));
    }

    private static boolean isAccessible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(ArchitectureRules::isAccessible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    /** Also those that a public class inherits from one that is not. */
    private List<JavaMember> members(JavaClass type) {
        List<JavaMember> members = new ArrayList<>(type.getConstructors());
        members.addAll(type.getAllMethods());
        members.addAll(type.getAllFields());
        members.removeIf(member -> !isVisible(member.getModifiers())
                || !member.getOwner().getPackageName().startsWith(root));
        return members;
    }

    private static Set<JavaClass> typesOf(JavaMember member) {
        Stream<JavaClass> thrown = member instanceof JavaCodeUnit codeUnit
                ? codeUnit.getThrowsClause().getTypes().stream()
                : Stream.empty();
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown).collect(Collectors.toSet());
    }
}
