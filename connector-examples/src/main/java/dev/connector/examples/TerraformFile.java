package dev.connector.examples;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what {@code terraform output -json} prints: each output of the root module with its type and value. */
final class TerraformFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> MAP_OF_STRINGS = List.of("map", "string");

    private TerraformFile() {}

    /** Writes the file that {@code terraform output -json > file} writes, for outputs that are maps of strings. */
    static void write(Path file, Map<String, Map<String, String>> outputs) throws IOException {
        Map<String, Object> printed = new LinkedHashMap<>();
        outputs.forEach((name, value) -> printed.put(
                name, Map.of("sensitive", value.containsKey("external_id"), "type", MAP_OF_STRINGS, "value", value)));
        Files.writeString(file, JSON.writeValueAsString(printed));
    }
}
