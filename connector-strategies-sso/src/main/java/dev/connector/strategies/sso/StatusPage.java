package dev.connector.strategies.sso;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list of statuses.
 *
 * @param statuses in AWS's order
 * @param nextToken asks for the next page; {@code null} if there is none
 */
record StatusPage(List<RequestStatus> statuses, @Nullable String nextToken) {

    StatusPage {
        statuses = List.copyOf(statuses);
    }
}
