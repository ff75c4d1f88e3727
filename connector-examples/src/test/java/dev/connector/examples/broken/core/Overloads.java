package dev.connector.examples.broken.core;

import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;

/** Calls what mocks do not answer. */
final class Overloads {

    void consumer(IamClient iam) {
        iam.getUser(request -> request.userName("ada"));
    }

    void paginator(IamClient iam, GetGroupRequest request) {
        iam.getGroupPaginator(request);
    }

    void waiter(IamClient iam) {
        iam.waiter();
    }
}
