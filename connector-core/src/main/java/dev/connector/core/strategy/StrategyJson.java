package dev.connector.core.strategy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connector.core.internal.JsonFields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The stored forms of requests, grants and revocations.
 *
 * <p>Every change of a form gets a new version number, which later versions of the library go on reading; a golden file per version in the tests guards that.
 * Fields without a value are left out. Fields that the version does not know are refused: they might say something that must not be lost.
 */
final class StrategyJson {

    private static final int VERSION = 1;

    private StrategyJson() {}

    static String write(AccessRequest<? extends AccessTarget> request) {
        ObjectNode json = document();
        json.put("id", request.id().toString());
        json.set("requester", requester(request.requester()));
        json.set("target", target(TargetSnapshot.of(request.target())));
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
        return json.toString();
    }

    static <T extends AccessTarget> AccessRequest<T> readRequest(String text, TargetType<T> targetType) {
        JsonFields json = JsonFields.parse("access request", text);
        int version = json.number("version");
        if (version != VERSION) {
            throw new IllegalArgumentException(otherVersion("access request", version));
        }
        TargetSnapshot target = readTarget(json.object("target"));
        AccessRequest.Builder<T> request =
                AccessRequest.builder(readRequester(json.object("requester")), targetType.read(target));
        request.id(json.value("id", UUID::fromString))
                .reason(json.optionalText("reason"))
                .duration(json.value("duration", Duration::parse))
                .requestedAt(json.value("requested_at", Instant::parse))
                .notAfter(json.value("not_after", Instant::parse))
                .maxWait(json.value("max_wait", Duration::parse))
                .actor(json.optionalObject("actor").map(StrategyJson::readActor))
                .openGrants(json.objects("open_grants").stream()
                        .map(StrategyJson::readGrant)
                        .toList())
                .lastEndedAt(json.optionalValue("last_ended_at", Instant::parse))
                .mayHaveRun(json.flag("may_have_run"))
                .run(json.optionalObject("run").map(StrategyJson::readRun))
                .scope(json.optionalObject("scope").map(StrategyJson::readScope));
        json.andNoOthers();
        return request.build();
    }

    static String write(Grant grant) {
        return grant(grant).toString();
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
        put(json, "membership_id", grant.membershipId());
        put(json, "aws_request_id", grant.awsRequestId());
        json.put("prior", name(grant.prior()));
        put(json, "granted_at", grant.grantedAt());
        json.put("confirmed", grant.confirmed());
        return json;
    }

    private static Grant readGrant(JsonFields json) {
        requireVersion("grant", json);
        Grant.Builder grant = Grant.builder();
        grant.requestId(json.value("request_id", UUID::fromString))
                .state(json.value("state", constantOf(GrantState.class)))
                .requester(readRequester(json.object("requester")))
                .target(readTarget(json.object("target")))
                .reason(json.optionalText("reason"))
                .duration(json.value("duration", Duration::parse))
                .requestedAt(json.value("requested_at", Instant::parse))
                .notAfter(json.value("not_after", Instant::parse))
                .maxWait(json.value("max_wait", Duration::parse))
                .actor(json.optionalObject("actor").map(StrategyJson::readActor))
                .run(json.optionalObject("run").map(StrategyJson::readRun))
                .scope(readScope(json.object("scope")))
                .principalId(json.text("principal_id"))
                .principalName(json.optionalText("principal_name"))
                .membershipId(json.optionalText("membership_id"))
                .awsRequestId(json.optionalText("aws_request_id"))
                .prior(json.value("prior", constantOf(Prior.class)))
                .grantedAt(json.optionalValue("granted_at", Instant::parse))
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
        return json.toString();
    }

    static Revocation readRevocation(String text) {
        JsonFields json = JsonFields.parse("revocation", text);
        requireVersion("revocation", json);
        Revocation.Builder revocation = Revocation.builder(
                readGrant(json.object("grant")), json.value("result", constantOf(Revocation.Result.class)));
        revocation
                .confirmed(json.flag("confirmed"))
                .endedAt(json.optionalValue("ended_at", Instant::parse))
                .inUseBy(json.optionalValue("in_use_by", UUID::fromString))
                .remaining(json.objects("remaining").stream()
                        .map(StrategyJson::readRemaining)
                        .toList())
                .remainingComplete(json.flag("remaining_complete"));
        json.andNoOthers();
        return revocation.build();
    }

    private static RemainingAccess readRemaining(JsonFields json) {
        RemainingAccess access = RemainingAccess.of(
                json.value("kind", constantOf(RemainingAccess.Kind.class)), json.text("description"));
        Optional<Instant> until = json.optionalValue("until", Instant::parse);
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
                .srn(json.optionalValue("srn", Srn::parse))
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
                .srn(json.optionalValue("srn", Srn::parse))
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
                .srn(json.optionalValue("srn", Srn::parse))
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
        run.srn(json.optionalValue("srn", Srn::parse))
                .parent(json.optionalValue("parent", Srn::parse))
                .flow(json.optionalValue("flow", Srn::parse))
                .template(json.optionalValue("template", Srn::parse))
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

    private static <E extends Enum<E>> Function<String, E> constantOf(Class<E> type) {
        return text -> List.of(type.getEnumConstants()).stream()
                .filter(constant -> name(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is none of "
                        + List.of(type.getEnumConstants()).stream()
                                .map(StrategyJson::name)
                                .toList()));
    }

    private static void requireVersion(String what, JsonFields json) {
        int version = json.number("version");
        if (version != VERSION) {
            throw new GrantRejectedException(otherVersion(what, version));
        }
    }

    private static String otherVersion(String what, int version) {
        return "Cannot read the " + what + ": its JSON is of version " + version
                + ", but this version of the library knows only version " + VERSION
                + ". Use the version of the library that wrote it, or a newer one.";
    }
}
