package dev.connector.examples;

import dev.connector.core.strategy.Grant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The store of one grant, for as long as it is not ended: a file that only its owner may read and change. */
final class GrantFile {

    private final Path path;

    private GrantFile(Path path) {
        this.path = path;
    }

    /** The one that is there. */
    static GrantFile at(Path path) {
        return new GrantFile(path);
    }

    /** The one that a grant has in a directory; nothing is written yet. */
    static GrantFile of(Path directory, Grant grant) {
        return new GrantFile(directory.resolve("grant-" + grant.requestId() + ".json"));
    }

    Path path() {
        return path;
    }

    Grant read() throws IOException {
        return Grant.fromJson(Files.readString(path));
    }

    /** Whoever reads the file finds this grant or the one before, whole, also where the machine stops meanwhile. */
    void write(Grant grant) throws IOException {
        Path whole = Files.createTempFile(path.toAbsolutePath().getParent(), "grant-", ".tmp");
        try {
            writeToDisk(whole, grant.toJson());
            Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static void writeToDisk(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
