package dev.connector.examples.ownstrategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The system with the flags: a directory with a file for each flag, and in it one line for each user who has it. */
final class FlagFiles {

    private final ReentrantLock lock = new ReentrantLock();
    private final Path directory;

    FlagFiles(Path directory) {
        this.directory = directory;
    }

    Set<String> users(FeatureFlagTarget flag) {
        try {
            Path file = directory.resolve(flag.name());
            return Files.exists(file) ? new TreeSet<>(Files.readAllLines(file)) : new TreeSet<>();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Adds or removes a user, and says whether that changed anything. */
    boolean change(FeatureFlagTarget flag, Predicate<Set<String>> change) {
        lock.lock();
        try {
            Set<String> users = users(flag);
            boolean changed = change.test(users);
            Path newFile = Files.write(directory.resolve(flag.name() + ".new"), users);
            Files.move(newFile, directory.resolve(flag.name()), StandardCopyOption.ATOMIC_MOVE);
            return changed;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            lock.unlock();
        }
    }
}
