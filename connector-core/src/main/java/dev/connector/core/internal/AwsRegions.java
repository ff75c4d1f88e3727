package dev.connector.core.internal;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.PartitionEndpointKey;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** What the SDK knows of Regions and partitions. */
public final class AwsRegions {

    /** What can be part of a host's name, into which a Region goes. The SDK's own patterns take capital letters and any length. */
    private static final Pattern HOST_PART = Pattern.compile("[a-z0-9-]{1,63}");

    private AwsRegions() {}

    /**
     * Tells whether a text names a Region: one that the SDK lists, or a newer one of a partition that it lists.
     *
     * @param id any text
     * @return {@code false} also for the pseudo-Regions of global services, at which there is no regional endpoint
     */
    public static boolean isRegion(String id) {
        return HOST_PART.matcher(id).matches()
                && !Region.of(id).isGlobalRegion()
                && id.matches(PartitionMetadata.of(Region.of(id)).regionRegex());
    }

    /**
     * The partition of a Region.
     *
     * @param region a Region
     * @return for instance {@code aws}
     */
    public static String partition(Region region) {
        return PartitionMetadata.of(region).id();
    }

    /**
     * The DNS names under which the services of a Region's partition answer, the dual-stack and FIPS ones among them.
     *
     * @param region a Region
     * @return for instance {@code amazonaws.com} and {@code api.aws}
     */
    public static Set<String> dnsSuffixes(Region region) {
        PartitionMetadata partition = PartitionMetadata.of(region);
        return Stream.of(
                        key(),
                        key(EndpointTag.DUALSTACK),
                        key(EndpointTag.FIPS),
                        key(EndpointTag.DUALSTACK, EndpointTag.FIPS))
                .map(partition::dnsSuffix)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static PartitionEndpointKey key(EndpointTag... tags) {
        return PartitionEndpointKey.builder().tags(tags).build();
    }
}
