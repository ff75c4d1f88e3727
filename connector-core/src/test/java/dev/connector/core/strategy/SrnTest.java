package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SrnTest {

    @Test
    void parse_whenIdentifierIsThere_givesEachPart() {
        Srn srn = Srn.parse("sym:access_target:lambda_access:latest:e6a92881-8ec2-49f8-bb5b-dd3e4cc8c6a4");

        assertThat(srn.org()).isEqualTo("sym");
        assertThat(srn.model()).isEqualTo("access_target");
        assertThat(srn.slug()).isEqualTo("lambda_access");
        assertThat(srn.version()).isEqualTo("latest");
        assertThat(srn.identifier()).contains("e6a92881-8ec2-49f8-bb5b-dd3e4cc8c6a4");
    }

    @Test
    void parse_whenIdentifierIsMissing_isWithoutOne() {
        Srn srn = Srn.parse("sym:user:2dba7476-9d6c-4f8a-9d8e-5a8e5d1c2b3a:latest");

        assertThat(srn.slug()).isEqualTo("2dba7476-9d6c-4f8a-9d8e-5a8e5d1c2b3a");
        assertThat(srn.identifier()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sym:event-spec:approval:1.0.0:deescalate",
                "sym:user:ada:latest",
                "-:_:0:0.0.0",
                "SYM:Model:Slug:10.20.30:ID_1",
                "sym:flow:f:1.1.2-prerelease+meta",
                "sym:flow:f:1.1.2+meta.001",
                "sym:flow:f:1.0.0-alpha.beta.1",
                "sym:flow:f:1.0.0-0A.is.legal",
                "sym:flow:f:2.0.0+build.1848",
                "sym:flow:f:1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
                "sym:flow:f:99999999999999999999999.999999999999999999.99999999999999999"
            })
    void parse_whenWellFormed_printsBackExactly(String text) {
        assertThat(Srn.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.0",
                "1.0.0.0",
                "01.0.0",
                "1.00.0",
                "v1.0.0",
                "1.0.0-",
                "1.0.0-a..b",
                "1.0.0-01",
                "1.0.0+",
                "1.0.0+a+b",
                "1.0.0-ä",
                "Latest",
                "latest ",
                "1.0.0\n",
                "１.0.0",
                ""
            })
    void parse_whenVersionIsNone_namesTheVersion(String version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Srn.parse("sym:flow:slug:" + version))
                .withMessageContaining("its version")
                .withMessageContaining("semantic version");
    }

    @ParameterizedTest
    @CsvSource({
        ":model:slug:latest, its org is empty",
        "org::slug:latest, its model is empty",
        "org:model::latest, its slug is empty",
        "org:model:slug:latest:, its identifier is empty",
        "o.g:model:slug:latest, its org \"o.g\"",
        "org:mod/el:slug:latest, its model \"mod/el\"",
        "org:model:sl ug:latest, its slug \"sl ug\"",
        "org:model:slüg:latest, its slug \"slüg\"",
        "org:model:slug*:latest, its slug \"slug*\"",
        "org:model:slug:latest:a+b, its identifier \"a+b\"",
        "org:model:slug, it has 3 parts",
        "org, it has 1 part.",
        "org:model:slug:latest:id:more, it has 6 parts"
    })
    void parse_whenAPartIsWrong_namesIt(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Srn.parse(text))
                .withMessageContaining(why)
                .withMessageContaining("<org>:<model>:<slug>:<version>");
    }

    @Test
    void parse_whenTextHasControlCharacters_escapesThemInTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Srn.parse("org:model:sl\nug\u202e:latest"))
                .withMessageContaining("sl\\u000aug\\u202e")
                .withMessageNotContainingAny("\n", "\u202e");
    }

    @Test
    void parse_whenLongestAllowed_isTaken() {
        String text = "org:model:slug:latest:" + "i".repeat(512 - 22);

        assertThat(Srn.parse(text).toString()).hasSize(512).isEqualTo(text);
    }

    @Test
    void parse_whenTooLong_saysSoAndDoesNotRepeatIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Srn.parse("org:model:slug:latest:" + "i".repeat(512 - 21)))
                .withMessage("An SRN has at most 512 characters, but this one has 513.");
    }

    @Test
    @SuppressWarnings("NullAway")
    void parse_whenNull_throws() {
        assertThatNullPointerException().isThrownBy(() -> Srn.parse(null));
    }

    @Test
    void equals_whenWrittenAlike_isTrue() {
        Srn srn = Srn.parse("sym:flow:slug:1.0.0:id");

        assertThat(srn)
                .isEqualTo(Srn.parse("sym:flow:slug:1.0.0:id"))
                .hasSameHashCodeAs(Srn.parse("sym:flow:slug:1.0.0:id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sym:flow:slug:1.0.0",
                "sym:flow:slug:1.0.0:ID",
                "sym:flow:slug:1.0.0+b:id",
                "sym:flow:slug2:1.0.0:id",
                "sym:flow2:slug:1.0.0:id",
                "sym2:flow:slug:1.0.0:id"
            })
    void equals_whenAPartDiffers_isFalse(String other) {
        assertThat(Srn.parse("sym:flow:slug:1.0.0:id"))
                .isNotEqualTo(Srn.parse(other))
                .isNotEqualTo(other);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void parse_whenPutTogetherFromParts_givesThePartsBack(long seed) {
        Random random = new Random(seed);
        String org = word(random);
        String model = word(random);
        String slug = word(random);
        String version = random.nextInt(4) == 0
                ? "latest"
                : random.nextInt(20) + "." + random.nextInt(200) + "." + random.nextInt(3);
        String identifier = word(random);

        Srn srn = Srn.parse(String.join(":", org, model, slug, version, identifier));

        assertThat(srn.org()).isEqualTo(org);
        assertThat(srn.model()).isEqualTo(model);
        assertThat(srn.slug()).isEqualTo(slug);
        assertThat(srn.version()).isEqualTo(version);
        assertThat(srn.identifier()).contains(identifier);
        assertThat(Srn.parse(srn.toString())).isEqualTo(srn);
    }

    /** Whatever the text is, it is either taken as it stands or refused with a message of one line. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void parse_whenAnyText_takesItToTheLetterOrRefuses(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("org:model:slug:1.0.0-rc.1+b:id");
        for (int i = 0; i < 2; i++) {
            text.setCharAt(random.nextInt(text.length()), ":.-+_ a0\n\u202eZ*".charAt(random.nextInt(12)));
        }

        try {
            assertThat(Srn.parse(text.toString())).hasToString(text.toString());
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).startsWith("Not an SRN: ").doesNotContain("\n", "\u202e");
        }
    }

    private static String word(Random random) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        StringBuilder word = new StringBuilder();
        for (int left = 1 + random.nextInt(40); left > 0; left--) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }
}
