package dev.connector.core.strategy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connector.core.internal.JsonFields;
import dev.connector.core.internal.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The stored forms of requests, grants and revocations.
 *
 * <p>Every change of a form gets a new version number, which later versions of the library go on reading; a golden file per version in the tests guards that.
 * Fields without a value are left out. Fields that the version does not know are refused: they might say something that must not be lost.
 */
final class StrategyJson {

    private static final int VERSION = 1;
    private static final String A_UUID = "a UUID";
    private static final String A_DURATION = "a duration as in PT1H";
    private static final String AN_INSTANT = "an instant as in 2026-01-31T12:00:00Z";
    private static final String A_RESOURCE_NAME = "a resource name as in sym:run:lambda_access:1.0.0";

    private StrategyJson() {}

    static String write(AccessRequest<? extends AccessTarget> request) {
        ObjectNode json = document();
        json.put("id", request.id().toString());
        json.set("requester", requester(request.requester()));
        json.set("target", target(request.snapshot()));
        put(json, "reason", request.reason());
        json.put("duration", request.duration().toString());
        json.put("requested_at", request.requestedAt().toString());
        json.put("not_after", request.notAfter().toString());
        json.put("max_wait", request.maxWait().toString());
        request.actor().ifPresent(actor -> json.set("actor", actor(actor)));
        if (!request.openGrants().isEmpty()) {
            ArrayNode open = json.putArray("open_grants");
            request.openGrants().forEach(grant -> open.add(grant(grant)));
        }
        put(json, "last_ended_at", request.lastEndedAt());
        json.put("may_have_run", request.mayHaveRun());
        request.run().ifPresent(run -> json.set("run", run(run)));
        request.scope().ifPresent(scope -> json.set("scope", scope(scope)));
        String text = text(json);
        if (text.length() > JsonFields.MAX_CHARACTERS) {
            throw new IllegalStateException("The JSON of the access request " + request.id() + " has " + text.length()
                    + " characters, and only " + JsonFields.MAX_CHARACTERS + " could be read back; it names "
                    + request.openGrants().size()
                    + " open grants. Name only those of the same requester and target.");
        }
        return text;
    }

    static <T extends AccessTarget> AccessRequest<T> readRequest(String text, TargetType<T> targetType) {
        JsonFields json = JsonFields.parse("access request", text);
        int version = version("access request", json);
        if (version != VERSION) {
            throw new IllegalArgumentException(newer("access request", version));
        }
        TargetSnapshot target = readTarget(json.object("target"));
        AccessRequest.Builder<T> request =
                AccessRequest.builder(readRequester(json.object("requester")), targetType.read(target));
        request.id(json.value("id", A_UUID, StrategyJson::uuid))
                .reason(json.optionalText("reason"))
                .duration(json.value("duration", A_DURATION, Duration::parse))
                .requestedAt(json.value("requested_at", AN_INSTANT, Instant::parse))
                .notAfter(json.value("not_after", AN_INSTANT, Instant::parse))
                .maxWait(json.value("max_wait", A_DURATION, Duration::parse))
                .actor(json.optionalObject("actor").map(StrategyJson::readActor))
                .openGrants(json.objects("open_grants").stream()
                        .map(StrategyJson::readOpenGrant)
                        .toList())
                .lastEndedAt(json.optionalValue("last_ended_at", AN_INSTANT, Instant::parse))
                .mayHaveRun(json.flag("may_have_run"))
                .run(json.optionalObject("run").map(StrategyJson::readRun))
                .scope(json.optionalObject("scope").map(StrategyJson::readScope));
        json.andNoOthers();
        return request.build();
    }

    /** To the reader of a request it is the request that cannot be read. */
    private static Grant readOpenGrant(JsonFields json) {
        try {
            return readGrant(json);
        } catch (GrantRejectedException newer) {
            throw new IllegalArgumentException(newer.getMessage(), newer);
        }
    }

    static String write(Grant grant) {
        return text(grant(grant));
    }

    static Grant readGrant(String text) {
        return readGrant(JsonFields.parse("grant", text));
    }

    private static ObjectNode grant(Grant grant) {
        ObjectNode json = document();
        json.put("request_id", grant.requestId().toString());
        json.put("state", name(grant.state()));
        json.set("requester", requester(grant.requester()));
        json.set("target", target(grant.target()));
        put(json, "reason", grant.reason());
        json.put("duration", grant.duration().toString());
        json.put("requested_at", grant.requestedAt().toString());
        json.put("not_after", grant.notAfter().toString());
        json.put("max_wait", grant.maxWait().toString());
        grant.actor().ifPresent(actor -> json.set("actor", actor(actor)));
        grant.run().ifPresent(run -> json.set("run", run(run)));
        json.set("scope", scope(grant.scope()));
        json.put("principal_id", grant.principalId());
        put(json, "principal_name", grant.principalName());
        put(json, "target_id", grant.targetId());
        put(json, "membership_id", grant.membershipId());
        put(json, "aws_request_id", grant.awsRequestId());
        put(json, "session_duration", grant.sessionDuration().map(Duration::toString));
        json.put("prior", name(grant.prior()));
        put(json, "granted_at", grant.grantedAt());
        json.put("confirmed", grant.confirmed());
        return json;
    }

    private static Grant readGrant(JsonFields json) {
        requireVersion("grant", json);
        Grant.Builder grant = Grant.builder();
        grant.requestId(json.value("request_id", A_UUID, StrategyJson::uuid))
                .state(constant(json, "state", GrantState.class))
                .requester(readRequester(json.object("requester")))
                .target(readTarget(json.object("target")))
                .reason(json.optionalText("reason"))
                .duration(json.value("duration", A_DURATION, Duration::parse))
                .requestedAt(json.value("requested_at", AN_INSTANT, Instant::parse))
                .notAfter(json.value("not_after", AN_INSTANT, Instant::parse))
                .maxWait(json.value("max_wait", A_DURATION, Duration::parse))
                .actor(json.optionalObject("actor").map(StrategyJson::readActor))
                .run(json.optionalObject("run").map(StrategyJson::readRun))
                .scope(readScope(json.object("scope")))
                .principalId(json.text("principal_id"))
                .principalName(json.optionalText("principal_name"))
                .targetId(json.optionalText("target_id"))
                .membershipId(json.optionalText("membership_id"))
                .awsRequestId(json.optionalText("aws_request_id"))
                .sessionDuration(json.optionalValue("session_duration", A_DURATION, Duration::parse))
                .prior(constant(json, "prior", Prior.class))
                .grantedAt(json.optionalValue("granted_at", AN_INSTANT, Instant::parse))
                .confirmed(json.flag("confirmed"));
        json.andNoOthers();
        return grant.build();
    }

    static String write(Revocation revocation) {
        ObjectNode json = document();
        json.set("grant", grant(revocation.grant()));
        json.put("result", name(revocation.result()));
        json.put("confirmed", revocation.confirmed());
        put(json, "ended_at", revocation.endedAt());
        put(json, "in_use_by", revocation.inUseBy());
        if (!revocation.remaining().isEmpty()) {
            ArrayNode remaining = json.putArray("remaining");
            revocation.remaining().forEach(access -> {
                ObjectNode one = remaining.addObject();
                one.put("kind", name(access.kind()));
                one.put("description", access.description());
                put(one, "until", access.until());
            });
        }
        json.put("remaining_complete", revocation.remainingComplete());
        return text(json);
    }

    static Revocation readRevocation(String text) {
        JsonFields json = JsonFields.parse("revocation", text);
        requireVersion("revocation", json);
        Revocation.Builder revocation =
                Revocation.builder(readGrant(json.object("grant")), constant(json, "result", Revocation.Result.class));
        revocation
                .confirmed(json.flag("confirmed"))
                .endedAt(json.optionalValue("ended_at", AN_INSTANT, Instant::parse))
                .inUseBy(json.optionalValue("in_use_by", A_UUID, StrategyJson::uuid))
                .remaining(json.objects("remaining").stream()
                        .map(StrategyJson::readRemaining)
                        .toList())
                .remainingComplete(json.flag("remaining_complete"));
        json.andNoOthers();
        return revocation.build();
    }

    private static RemainingAccess readRemaining(JsonFields json) {
        RemainingAccess access =
                RemainingAccess.of(constant(json, "kind", RemainingAccess.Kind.class), json.text("description"));
        Optional<Instant> until = json.optionalValue("until", AN_INSTANT, Instant::parse);
        json.andNoOthers();
        return until.map(access::until).orElse(access);
    }

    private static ObjectNode requester(Requester requester) {
        return person(requester.username(), requester.name(), requester.srn(), requester.identity());
    }

    private static Requester readRequester(JsonFields json) {
        Requester.Builder requester = Requester.builder(json.text("username"));
        requester
                .name(json.optionalText("name"))
                .srn(json.optionalValue("srn", A_RESOURCE_NAME, Srn::parse))
                .identity(json.texts("identity"));
        json.andNoOthers();
        return requester.build();
    }

    private static ObjectNode actor(Actor actor) {
        return person(actor.username(), actor.name(), actor.srn(), actor.identity());
    }

    private static Actor readActor(JsonFields json) {
        Actor.Builder actor = Actor.builder(json.text("username"));
        actor.name(json.optionalText("name"))
                .srn(json.optionalValue("srn", A_RESOURCE_NAME, Srn::parse))
                .identity(json.texts("identity"));
        json.andNoOthers();
        return actor.build();
    }

    private static ObjectNode person(
            String username, Optional<String> name, Optional<Srn> srn, Map<String, String> identity) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("username", username);
        put(json, "name", name);
        put(json, "srn", srn);
        put(json, "identity", identity);
        return json;
    }

    private static ObjectNode target(TargetSnapshot target) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", target.type());
        json.put("name", target.name());
        put(json, "label", target.label());
        put(json, "srn", target.srn());
        put(json, "settings", target.settings());
        return json;
    }

    private static TargetSnapshot readTarget(JsonFields json) {
        TargetSnapshot.Builder target = TargetSnapshot.builder(json.text("type"), json.text("name"));
        target.label(json.optionalText("label"))
                .srn(json.optionalValue("srn", A_RESOURCE_NAME, Srn::parse))
                .settings(json.texts("settings"));
        json.andNoOthers();
        return target.build();
    }

    private static ObjectNode run(RunContext run) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "srn", run.srn());
        put(json, "parent", run.parent());
        put(json, "flow", run.flow());
        put(json, "template", run.template());
        put(json, "channel", run.channel());
        return json;
    }

    private static RunContext readRun(JsonFields json) {
        RunContext.Builder run = RunContext.builder();
        run.srn(json.optionalValue("srn", A_RESOURCE_NAME, Srn::parse))
                .parent(json.optionalValue("parent", A_RESOURCE_NAME, Srn::parse))
                .flow(json.optionalValue("flow", A_RESOURCE_NAME, Srn::parse))
                .template(json.optionalValue("template", A_RESOURCE_NAME, Srn::parse))
                .channel(json.optionalText("channel"));
        json.andNoOthers();
        return run.build();
    }

    private static ObjectNode scope(GrantScope scope) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("partition", scope.partition());
        json.put("account_id", scope.accountId());
        put(json, "instance_arn", scope.instanceArn());
        put(json, "identity_store_id", scope.identityStoreId());
        put(json, "role_arn", scope.roleArn());
        return json;
    }

    private static GrantScope readScope(JsonFields json) {
        GrantScope.Builder scope = GrantScope.builder(json.text("partition"), json.text("account_id"));
        scope.instanceArn(json.optionalText("instance_arn"))
                .identityStoreId(json.optionalText("identity_store_id"))
                .roleArn(json.optionalText("role_arn"));
        json.andNoOthers();
        return scope.build();
    }

    /**
     * The JSON as one line, whatever it holds. Outside of texts it has no characters that are escaped here, and within them JSON has the same escapes; so it
     * can be printed, and stands even the halves of pairs through UTF-8.
     */
    private static String text(ObjectNode json) {
        return Printable.escape(json.toString());
    }

    private static ObjectNode document() {
        return JsonNodeFactory.instance.objectNode().put("version", VERSION);
    }

    private static void put(ObjectNode json, String name, Optional<?> value) {
        value.ifPresent(present -> json.put(name, present.toString()));
    }

    private static void put(ObjectNode json, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            ObjectNode object = json.putObject(name);
            texts.forEach(object::put);
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(JsonFields json, String field, Class<E> type) {
        Map<String, E> constants = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            constants.put(name(constant), constant);
        }
        return json.value(field, "one of " + constants.keySet(), text -> {
            E constant = constants.get(text);
            if (constant == null) {
                throw new IllegalArgumentException(text);
            }
            return constant;
        });
    }

    /** {@link UUID#fromString} alone cuts groups that are too long and fills up those that are too short: two keys could become one. */
    private static UUID uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException(text);
        }
        return uuid;
    }

    private static void requireVersion(String what, JsonFields json) {
        int version = version(what, json);
        if (version != VERSION) {
            throw new GrantRejectedException(newer(what, version));
        }
    }

    private static int version(String what, JsonFields json) {
        int version = json.number("version");
        if (version < 1) {
            throw new IllegalArgumentException(
                    "The JSON of the " + what + " is of version " + version + ", which there never was.");
        }
        return version;
    }

    private static String newer(String what, int version) {
        return "Cannot read the " + what + ": its JSON is of version " + version
                + ", but this version of the library knows only version " + VERSION
                + ". Use the version of the library that wrote it, or a newer one.";
    }
}
