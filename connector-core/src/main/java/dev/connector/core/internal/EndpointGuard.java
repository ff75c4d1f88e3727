package dev.connector.core.internal;

import dev.connector.core.InvalidSettingsException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;

/**
 * Refuses to send a request to a host that is not AWS's, or without TLS.
 *
 * <p>The SDK takes endpoints from the environment, system properties and profiles as well as from code. Whoever can set one of those could have
 * the External ID, signatures and requests sent to a host of their own. It looks at the request that is about to be sent, which nothing can
 * change any more.
 */
public final class EndpointGuard implements ExecutionInterceptor {

    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");

    private final Predicate<String> isExpected;
    private final Set<String> allowedHosts;

    /** A client calls one host, or a few: to know one again is quicker than to look closely each time. */
    private volatile String lastGood = "";

    private EndpointGuard(Predicate<String> isExpected, Set<String> allowedHosts) {
        this.isExpected = isExpected;
        this.allowedHosts = Set.copyOf(allowedHosts);
    }

    /**
     * Guards a client of any service: only hosts under the DNS names of the Region's partition.
     *
     * @param region whose partition
     * @param allowedHosts further hosts, in lower case; without TLS only on this machine
     * @return a guard
     */
    public static EndpointGuard forAnyService(Region region, Set<String> allowedHosts) {
        List<String> suffixes = AwsRegions.dnsSuffixes(region).stream()
                .map(suffix -> "." + suffix)
                .toList();
        return new EndpointGuard(
                host -> HOST.matcher(host).matches() && suffixes.stream().anyMatch(host::endsWith), allowedHosts);
    }

    /**
     * Guards the client that sends the External ID: only the regional hosts of STS, since customers of AWS can run code of their own under
     * other names of the partition, for instance behind an API gateway.
     *
     * @param region whose endpoint
     * @param allowedHosts further hosts, in lower case; without TLS only on this machine
     * @return a guard
     */
    public static EndpointGuard forSts(Region region, Set<String> allowedHosts) {
        Set<String> hosts = AwsRegions.dnsSuffixes(region).stream()
                .flatMap(suffix -> Stream.of("sts.", "sts-fips.").map(sts -> sts + region.id() + "." + suffix))
                .collect(Collectors.toUnmodifiableSet());
        return new EndpointGuard(hosts::contains, allowedHosts);
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        String host = request.host();
        boolean tls = request.protocol().equalsIgnoreCase("https");
        if (!tls || !host.equals(lastGood)) {
            look(host.toLowerCase(Locale.ROOT), tls);
            lastGood = host;
        }
    }

    private void look(String host, boolean tls) {
        if (allowedHosts.contains(host)) {
            if (!tls && !isLoopback(host)) {
                throw refused(
                        host,
                        "is allowed, but plain HTTP is only to a host on this machine. Whoever runs this service can set an endpoint that begins with https://.");
            }
        } else if (!isExpected.test(host)) {
            throw refused(
                    host,
                    "is not a host that AWS answers at here. Whoever runs this service can look for AWS_ENDPOINT_URL in the"
                            + " environment, aws.endpointUrl in the system properties and endpoint_url in the profile, and"
                            + " take it out; if the host is meant, allow it in code with allowEndpoint(\"" + host
                            + "\").");
        } else if (!tls) {
            throw refused(
                    host,
                    "would be called without TLS. Whoever runs this service can look for an endpoint that begins with http://"
                            + " in the environment, the system properties and the profile, and take it out.");
        }
    }

    /** As it is written: no name is looked up. */
    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static InvalidSettingsException refused(String host, String why) {
        return new InvalidSettingsException("send a request", List.of("endpoint: '" + host + "' " + why));
    }
}
