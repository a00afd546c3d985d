package social.dunlin;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The walls of the house (docs/architecture.md). */
class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        // What tests have in common comes as a jar like any other.
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages("social.dunlin");
    private static final String API = "social.dunlin.api..";
    private static final String FEDERATION_WORKER = "social.dunlin.federation.worker..";
    private static final String MEDIA_WORKER = "social.dunlin.media.worker..";

    @Test
    void rolesKnowNothingOfEachOther() {
        noClasses().that().resideInAPackage(API).should().dependOnClassesThat().resideInAnyPackage(FEDERATION_WORKER, MEDIA_WORKER).check(HOUSE);
        noClasses().that().resideInAPackage(FEDERATION_WORKER).should().dependOnClassesThat().resideInAnyPackage(API, MEDIA_WORKER).check(HOUSE);
        noClasses().that().resideInAPackage(MEDIA_WORKER).should().dependOnClassesThat().resideInAnyPackage(API, FEDERATION_WORKER)
            .allowEmptyShould(true).check(HOUSE);
    }

    @Test
    void commonKnowsNoRoleAndHasNoEndpoint() {
        noClasses().that().resideOutsideOfPackages(API, FEDERATION_WORKER, MEDIA_WORKER)
            .should().dependOnClassesThat().resideInAnyPackage(API, FEDERATION_WORKER, MEDIA_WORKER, "jakarta.ws.rs..").check(HOUSE);
    }

    @Test
    void onlyStoresAndTheDatabaseTouchTheDriver() {
        noClasses().that().resideInAPackage(API).should().dependOnClassesThat().resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..").check(HOUSE);
        noClasses().that().haveSimpleNameEndingWith("Resource").should().dependOnClassesThat().haveSimpleName("Database").check(HOUSE);
    }

    @Test
    void allOutboundHttpGoesThroughTheGuardedClient() {
        noClasses().that().resideOutsideOfPackage("social.dunlin.federation.http..")
            .should().dependOnClassesThat().haveFullyQualifiedName("io.vertx.core.http.HttpClient")
            .orShould().dependOnClassesThat().resideInAPackage("java.net.http..")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.net.HttpURLConnection").check(HOUSE);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noFields().should().beAnnotatedWith("jakarta.inject.Inject").check(HOUSE);
    }

    @Test
    void businessCodeIsStraightLine() {
        noClasses().that().resideOutsideOfPackages("social.dunlin.database..", "social.dunlin.event..", "social.dunlin.federation.http..")
            .should().dependOnClassesThat().resideInAPackage("io.smallrye.mutiny..").check(HOUSE);
    }

    @Test
    void everyEndpointStatesWhoMayCallIt() {
        methods().that().areMetaAnnotatedWith("jakarta.ws.rs.HttpMethod").should().beAnnotatedWith("social.dunlin.api.access.Access").check(HOUSE);
    }

    /** A native executable writes only those records to JSON that it was told of while it was built. */
    @Test
    void everyEntityIsReadableInNativeExecutables() {
        classes().that().resideInAPackage(API).and().areRecords().and().areTopLevelClasses().and().haveSimpleNameEndingWith("Entity")
            .should().beAnnotatedWith("io.quarkus.runtime.annotations.RegisterForReflection").check(HOUSE);
        classes().that().areAnnotatedWith("com.fasterxml.jackson.databind.annotation.JsonNaming").and().areTopLevelClasses()
            .should().beAnnotatedWith("io.quarkus.runtime.annotations.RegisterForReflection").check(HOUSE);
    }

    /** Templates of a native executable read only what they were told of while it was built. */
    @Test
    void everyViewIsReadableInNativeExecutables() {
        classes().that().resideInAPackage("social.dunlin.api.web..").and().areRecords().and().haveSimpleNameEndingWith("View")
            .should().beAnnotatedWith("io.quarkus.qute.TemplateData").check(HOUSE);
    }

    /** What must not be made while an executable is compiled, as the compiler finds only after minutes. */
    @Test
    void noConstantOfExecutablesHoldsAddressesOrRandomNumbers() throws IOException {
        String options;
        try (InputStream file = getClass().getResourceAsStream("/META-INF/native-image/social.dunlin/dunlin-common/native-image.properties")) {
            options = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        Set<String> perilous = Set.of("java.net.InetAddress", "java.net.InetSocketAddress", "social.dunlin.federation.http.Cidr", "java.util.Random",
            "java.security.SecureRandom", "java.lang.Thread", "java.util.zip.Inflater", "java.util.zip.Deflater");
        noFields().that().areStatic().and().areDeclaredInClassesThat(describe("are initialised while executables are compiled",
                type -> !options.contains(type.getFullName())))
            .should(ArchCondition.from(describe("hold addresses, random numbers or threads",
                field -> field.getType().getAllInvolvedRawTypes().stream().anyMatch(type -> perilous.contains(type.getFullName())))))
            .check(HOUSE);
    }

    @Test
    void resourcesRunOnVirtualThreads() {
        classes().that().areAnnotatedWith("jakarta.ws.rs.Path").should().beAnnotatedWith("io.smallrye.common.annotation.RunOnVirtualThread").check(HOUSE);
    }

    /** Native executables have no AWT: what uses it is a program of its own, which nothing refers to (docs/adr/0022). */
    @Test
    void onlyAProgramOfItsOwnUsesAwt() {
        String program = "social.dunlin.media.worker.awt..";
        noClasses().that().resideOutsideOfPackage(program).should().dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.imageio..", "com.twelvemonkeys..", program).check(HOUSE);
    }

    /** What runs WebAssembly is a program of its own too, of which the server only knows how it is started (docs/adr/0027). */
    @Test
    void onlyAProgramOfItsOwnRunsWebAssembly() {
        noClasses().that().resideOutsideOfPackage("social.dunlin.media.worker.wasm..").should().dependOnClassesThat().resideInAnyPackage("com.dylibso..").check(HOUSE);
    }

    /** Roles that people wait for do not decode. */
    @Test
    void onlyTheMediaWorkerStartsPrograms() {
        noClasses().that().resideInAnyPackage(API, FEDERATION_WORKER).should().dependOnClassesThat().haveFullyQualifiedName("java.lang.ProcessBuilder").check(HOUSE);
    }
}
