package dev.connector.examples.broken.core;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.Group;

/** Shows what belongs to other libraries. */
public class ExposedLibraries {

    /** Jackson. */
    public void jackson(JsonNode node) {}

    /** The SDK's model. */
    public void model(Group group) {}

    /** The SDK's exceptions. */
    public void exception() throws EntityAlreadyExistsException {}
}
