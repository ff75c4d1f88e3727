package dev.connector.testing.internal.server;

import dev.connector.testing.internal.auth.Access;
import dev.connector.testing.internal.identity.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One authenticated call, as the handler of its operation sees it. */
public final class Call {

    private final Identity caller;
    private final Instant time;
    private final String action;
    private final String region;
    private final CommonErrors errors;
    private final Authorizer authorizer;
    private final List<String> resources = new ArrayList<>();

    Call(Identity caller, Instant time, String action, String region, CommonErrors errors, Authorizer authorizer) {
        this.caller = caller;
        this.time = time;
        this.action = action;
        this.region = region;
        this.errors = errors;
        this.authorizer = authorizer;
    }

    public Identity caller() {
        return caller;
    }

    /** The wall clock's time when the call was received. */
    public Instant time() {
        return time;
    }

    /**
     * Goes on only if the caller may do this.
     *
     * @param resource the ARN to authorise on; null if the name that was given stands for nothing
     * @param shown how AWS's message names the resource
     */
    public void authorize(@Nullable String resource, String shown) {
        if (resource != null) {
            on(resource);
        }
        Access access = access(resource);
        authorizer.refusal(caller, access).ifPresent(why -> {
            throw refused(access.action(), shown + " " + why);
        });
    }

    /** What the call wants to do, with the condition keys that every call has. */
    public Access access(@Nullable String resource) {
        return new Access(action, resource, Authorizer.context(caller, region));
    }

    /** Whether the caller may do something else too, which the service does with the caller's rights. */
    public boolean mayAlso(String otherAction, String resource) {
        return authorizer
                .refusal(caller, access(resource).withAction(otherAction))
                .isEmpty();
    }

    /** Notes a resource that the call is authorised on. */
    public void on(String resource) {
        resources.add(resource);
    }

    /** The failure of a caller that may not do this. */
    public ServiceFailure refused(String refusedAction, String onResource) {
        return errors.accessDenied()
                .because("User: " + caller.arn() + " is not authorized to perform: " + refusedAction + " on resource: "
                        + onResource);
    }

    List<String> resources() {
        return List.copyOf(resources);
    }
}
