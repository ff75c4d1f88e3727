package dev.connector.strategies.iam;

import dev.connector.core.PolicyDocument;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which IAM groups a strategy may serve: a path and a name, in both of which {@code *} stands for any characters, as in the variable {@code group_config} of the Terraform module.
 *
 * <p>{@code *} in the path stands for {@code /} too; in the name it does not, as no name holds one. So {@code of("/sym/", "*")} is every group right under {@code /sym/}, which is
 * narrower than the ARN pattern {@code group/sym/*} that a policy of IAM makes of it.
 *
 * <p>Immutable.
 */
public final class IamGroupPattern {

    private final String path;
    private final String name;
    private final Predicate<String> pathMatches;
    private final Predicate<String> nameMatches;

    private IamGroupPattern(String path, String name) {
        this.path = path;
        this.name = name;
        this.pathMatches = glob(path);
        this.nameMatches = glob(name);
    }

    /**
     * A pattern.
     *
     * @param path begins and ends with {@code /}; {@code *} stands for any characters
     * @param name {@code *} stands for any characters
     * @return the pattern
     * @throws IllegalArgumentException if no group can have such a path or name
     */
    public static IamGroupPattern of(String path, String name) {
        IamNames.requirePath(path);
        IamNames.requireGroupName(name.replace('*', 'x'));
        return new IamGroupPattern(path, name);
    }

    boolean matches(IamGroupTarget target) {
        return matchesName(target) && target.path().filter(pathMatches).isPresent();
    }

    boolean matchesName(IamGroupTarget target) {
        return nameMatches.test(target.groupName());
    }

    boolean hasOnePath() {
        return path.indexOf('*') < 0;
    }

    String path() {
        return path;
    }

    /** The groups as a policy of IAM names them. */
    String arnPattern(String partition, String accountId) {
        return groupArn(partition, accountId, globToIam(path) + globToIam(name));
    }

    /** One group as a policy of IAM names it. */
    static String arnOf(IamGroupTarget target, String partition, String accountId) {
        return groupArn(
                partition, accountId, PolicyDocument.literal(target.path().orElseThrow() + target.groupName()));
    }

    private static String groupArn(String partition, String accountId, String pathAndName) {
        return "arn:" + partition + ":iam::" + accountId + ":group" + pathAndName;
    }

    private static Predicate<String> glob(String text) {
        return text.indexOf('*') < 0 ? text::equals : withStars(text).asMatchPredicate();
    }

    /** Between two stars each part is taken where it comes first. A later place could fit no better, so none is tried: many stars must not take ages. */
    private static Pattern withStars(String text) {
        String[] parts = parts(text);
        int last = parts.length - 1;
        StringBuilder regex = new StringBuilder(Pattern.quote(parts[0]));
        for (int i = 1; i < last; i++) {
            regex.append("(?>.*?").append(Pattern.quote(parts[i])).append(')');
        }
        if (last > 0) {
            regex.append(".*").append(Pattern.quote(parts[last]));
        }
        return Pattern.compile(regex.toString());
    }

    private static String globToIam(String text) {
        return Arrays.stream(parts(text)).map(PolicyDocument::literal).collect(Collectors.joining("*"));
    }

    private static String[] parts(String text) {
        return text.split("\\*", -1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IamGroupPattern pattern && path.equals(pattern.path) && name.equals(pattern.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, name);
    }

    /**
     * The path and the name.
     *
     * @return for instance {@code /sym/*}
     */
    @Override
    public String toString() {
        return path + name;
    }
}
