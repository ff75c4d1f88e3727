package dev.connector.examples.otherprocess;

import dev.connector.core.ConnectorClock;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Revocation;
import dev.connector.examples.ownstrategy.FeatureFlagStrategy;
import dev.connector.examples.ownstrategy.FeatureFlagTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * One process gives access and stores the grant; another process, which knows nothing but the stored text, ends it.
 *
 * <p>The grant is stored <em>before</em> anything is changed, too: whenever the first process dies, what it left in the store is enough to finish the
 * work or to end it. A service keeps its grants in its database; a file does the same here.
 */
public final class StoredGrant {

    private StoredGrant() {}

    /**
     * The first process: prepare, store, resume, store.
     *
     * @param strategy gives the access
     * @param request what is asked for
     * @param store the file that keeps the grant
     * @return the grant
     * @throws IOException if it cannot be stored; nothing was changed if the file is not there
     */
    public static Grant give(
            AccessStrategy<FeatureFlagTarget> strategy, AccessRequest<FeatureFlagTarget> request, Path store)
            throws IOException {
        Grant prepared = strategy.prepare(request);
        Files.writeString(store, prepared.toJson());
        Grant granted = strategy.resume(prepared);
        Files.writeString(store, granted.toJson());
        return granted;
    }

    /**
     * The other process: read, end, store.
     *
     * @param strategy a strategy of the same type and scope as the one that gave the access
     * @param store the file that keeps the grant; afterwards it keeps how the grant ended
     * @return how it ended
     * @throws IOException if the file cannot be read or written
     */
    public static Revocation end(AccessStrategy<FeatureFlagTarget> strategy, Path store) throws IOException {
        Grant grant = Grant.fromJson(Files.readString(store));
        Revocation revocation = strategy.deescalate(grant);
        Files.writeString(store, revocation.toJson());
        return revocation;
    }

    /**
     * The other process as a program.
     *
     * @param args the directory of the flags, and the file that keeps the grant
     * @throws IOException if the file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        try (FeatureFlagStrategy strategy =
                new FeatureFlagStrategy(Path.of(args[0]), Set.of("new-checkout"), ConnectorClock.system())) {
            System.out.println(end(strategy, Path.of(args[1])).result());
        }
    }
}
