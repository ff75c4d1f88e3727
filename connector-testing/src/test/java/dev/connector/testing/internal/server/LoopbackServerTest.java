package dev.connector.testing.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopbackServerTest {

    @Test
    void ownHosts_onAnyPort_nameThePort() {
        assertThat(LoopbackServer.ownHosts(4566)).containsExactly("127.0.0.1:4566", "localhost:4566");
    }

    /** It cannot be opened in every test run, but clients that reach it do not name it. */
    @Test
    void ownHosts_onThePortOfHttp_needNotNameIt() {
        assertThat(LoopbackServer.ownHosts(80))
                .containsExactlyInAnyOrder("127.0.0.1", "127.0.0.1:80", "localhost", "localhost:80");
    }
}
