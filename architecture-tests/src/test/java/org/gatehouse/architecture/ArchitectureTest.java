package org.gatehouse.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the parts may lean on each other. */
class ArchitectureTest {

    private static final String MATRIX = "org.gatehouse.matrix.";

    @Test
    void theRulesOfMatrixLeanOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("org.gatehouse.matrix..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify..", "org.gatehouse.matrix..", "org.bouncycastle.."))
                .check(Modules.ALL);
    }

    @Test
    void theLabLeansOnTheRulesAlone() {
        classes()
                .that()
                .resideInAPackage("org.gatehouse.lab..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "com.sun.management..",
                        "org.jspecify..",
                        "org.gatehouse.matrix..",
                        "org.gatehouse.lab.."))
                .check(Modules.ALL);
    }

    @Test
    void onlySigningKnowsBouncyCastle() {
        noClasses()
                .that()
                .resideInAPackage("org.gatehouse.matrix..")
                .and()
                .resideOutsideOfPackage("org.gatehouse.matrix.signing..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(Modules.ALL);
    }

    @Test
    void thePackagesOfTheRulesUseOnlyThoseBeforeThem() {
        List<String> order = List.of(
                "identifier",
                "canonicaljson",
                "edu",
                "roomversion",
                "event",
                "signing",
                "authrule",
                "stateres",
                "receipt");
        for (int i = 0; i < order.size(); i++) {
            for (int later = i + 1; later < order.size(); later++) {
                noClasses()
                        .that()
                        .resideInAPackage(MATRIX + order.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(MATRIX + order.get(later) + "..")
                        .check(Modules.ALL);
            }
        }
    }

    /** An event whose ID is merely given proves nothing; it is for the lab and for tests. */
    @Test
    void noServiceMakesSymbolicEvents() {
        String[] services = Modules.SERVICES.keySet().stream()
                .map(service -> "org.gatehouse." + service + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(services)
                .should()
                .callMethod(
                        MATRIX + "event.StoredPdus",
                        "symbolic",
                        MATRIX + "roomversion.RoomVersion",
                        MATRIX + "identifier.EventId",
                        MATRIX + "canonicaljson.JsonObject")
                .check(Modules.ALL);
    }

    @Test
    void orderThatReachesAHashNeverComesFromAHashTable() {
        noClasses()
                .that()
                .resideInAnyPackage(MATRIX + "canonicaljson..", MATRIX + "stateres..", MATRIX + "signing..")
                .should()
                .dependOnClassesThat(nameMatching("java\\.util\\.(HashMap|HashSet)"))
                .check(Modules.ALL);
    }

    @Test
    void noServiceKnowsAnother() {
        for (String service : Modules.SERVICES.keySet()) {
            String[] others = Modules.SERVICES.keySet().stream()
                    .filter(other -> !other.equals(service))
                    .map(other -> "org.gatehouse." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("org.gatehouse." + service + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(Modules.ALL);
        }
    }

    @Test
    void noServiceKnowsTheTestkitOrTheLauncher() {
        for (String service : Modules.SERVICES.keySet()) {
            noClasses()
                    .that()
                    .resideInAPackage("org.gatehouse." + service + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.gatehouse.testkit..", "org.gatehouse.local..")
                    .check(Modules.ALL);
        }
    }

    @Test
    void librariesKnowNoService() {
        String[] services = Modules.SERVICES.keySet().stream()
                .map(service -> "org.gatehouse." + service + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.gatehouse.matrix..",
                        "org.gatehouse.cluster..",
                        "org.gatehouse.cassandra..",
                        "org.gatehouse.preparation..",
                        "org.gatehouse.runtime..",
                        "org.gatehouse.requestauth..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(services)
                .check(Modules.ALL);
    }

    @Test
    void theDriverIsKnownToAdaptersOnly() {
        noClasses()
                .that(resideInAPackage("org.gatehouse..")
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                "org.gatehouse.cassandra..",
                                "org.gatehouse.local..",
                                "org.gatehouse.preparation..",
                                "org.gatehouse.eventgraph.cassandra.."))))
                .and()
                .haveNameNotMatching(".*\\.(Cassandra[A-Za-z]*|Statements|Writes|StoreUnavailable)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.datastax..")
                .check(Modules.ALL);
    }

    @Test
    void jaxRsIsKnownToResourcesFiltersAndMappersOnly() {
        noClasses()
                .that()
                .resideInAPackage("org.gatehouse..")
                .and()
                .resideOutsideOfPackages("org.gatehouse.runtime..", "org.gatehouse.requestauth..")
                .and()
                .haveNameNotMatching(
                        ".*(Resource|Filter|ForwardRead|ReadRoom|StoreUnavailable|door\\.[A-Za-z]+)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(Modules.ALL);
    }

    @Test
    void nothingIsNamedForNothing() {
        noClasses()
                .that()
                .resideInAPackage("org.gatehouse..")
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?")
                .check(Modules.ALL);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("org.gatehouse..")
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                .check(Modules.ALL);
    }

    /** The classes on worker threads that wait for a Uni, and the cache that starts one look-up for many. */
    @Test
    void nobodyWaitsForAUniOrForgetsOneButTheClassesNamedHere() {
        noClasses()
                .that()
                .resideInAPackage("org.gatehouse..")
                .and()
                .doNotHaveFullyQualifiedName("org.gatehouse.runtime.internal.InternalClient")
                .and()
                .doNotHaveFullyQualifiedName("org.gatehouse.provider.authoring.KafkaVerdicts")
                .and()
                .doNotHaveFullyQualifiedName("org.gatehouse.requestauth.CachedVerifyKeys")
                .should()
                .callMethod("io.smallrye.mutiny.Uni", "await")
                .orShould()
                .callMethod("io.smallrye.mutiny.Uni", "subscribe")
                .orShould()
                .callMethod("io.smallrye.mutiny.Uni", "subscribeAsCompletionStage")
                .check(Modules.ALL);
    }

    @Test
    void recordsDoNotHoldHiddenState() {
        fields().that()
                .areDeclaredInClassesThat(new DescribedPredicate<JavaClass>("are records") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.isRecord();
                    }
                })
                .and()
                .areNotStatic()
                .should()
                .beFinal()
                .check(Modules.ALL);
    }

    @Test
    void onlyTheReceiptChecksAndTheStoreMakeAPdu() {
        assertThat(Modules.ALL.get("org.gatehouse.matrix.event.Pdu").getConstructors())
                .allSatisfy(
                        constructor -> assertThat(constructor.getModifiers()).doesNotContain(JavaModifier.PUBLIC));
    }
}
