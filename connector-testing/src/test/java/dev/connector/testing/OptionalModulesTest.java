package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Whoever has only one of the SDK's service modules can use the simulation for that one. */
class OptionalModulesTest {

    @Test
    void sts_withoutTheModuleOfIam_works() throws Exception {
        assertThat(runWithout("software.amazon.awssdk.services.iam.", StsOnly.class))
                .isEqualTo("arn:aws:sts::111122223333:assumed-role/SymRuntimeMain/test");
    }

    @Test
    void iam_withoutTheModuleOfSts_works() throws Exception {
        assertThat(runWithout("software.amazon.awssdk.services.sts.", IamOnly.class))
                .isEqualTo("ada");
    }

    @Test
    void iam_withoutItsModule_isNotThere() {
        assertThatThrownBy(() -> runWithout("software.amazon.awssdk.services.iam.", IamOnly.class))
                .isInstanceOf(NoClassDefFoundError.class);
    }

    static final class StsOnly implements Supplier<String> {
        @Override
        public String get() {
            SimulatedAws aws = SimulatedAws.create();
            var runtime = aws.runtimeConnector("main");
            aws.iam().createUser("ada");
            aws.fault("AddUserToGroup", 1, Fault.THROTTLE);
            return aws.configure(StsClient.builder())
                    .build()
                    .assumeRole(request -> request.roleArn(runtime.get("role_arn"))
                            .externalId(runtime.get("external_id"))
                            .roleSessionName("test"))
                    .assumedRoleUser()
                    .arn();
        }
    }

    static final class IamOnly implements Supplier<String> {
        @Override
        public String get() {
            SimulatedAws aws = SimulatedAws.create();
            aws.iam().createUser("ada");
            aws.iam()
                    .putUserPolicy(
                            "ada",
                            "reads",
                            "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"iam:GetUser\", \"Resource\": \"*\"}}");
            return aws.configure(IamClient.builder())
                    .credentialsProvider(aws.credentialsOf("arn:aws:iam::111122223333:user/ada"))
                    .build()
                    .getUser()
                    .user()
                    .userName();
        }
    }

    private static Object runWithout(String hidden, Class<? extends Supplier<String>> program) throws Exception {
        var constructor = new Without(hidden).loadClass(program.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((Supplier<?>) constructor.newInstance()).get();
    }

    /** Loads this module's own classes anew, so that they see a class path from which some classes are missing. */
    private static final class Without extends ClassLoader {

        private final String hidden;

        Without(String hidden) {
            super(Without.class.getClassLoader());
            this.hidden = hidden;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(hidden)) {
                throw new ClassNotFoundException(name);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return name.startsWith("dev.connector.testing.") ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
