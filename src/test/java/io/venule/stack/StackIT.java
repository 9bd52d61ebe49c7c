package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.venule.simulator.FleetPlan;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;

/** The embedded stack by itself: two at once, real sign-in, nothing left. Takes about a minute. */
class StackIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void two_stacks_run_side_by_side_and_leave_no_process_port_or_data() throws Exception {
        var before = descendants();
        var firstFolder = RunFolder.forTests();
        var secondFolder = RunFolder.temporary();

        int postgresPort;
        try (var first = VenuleStack.start(
                        firstFolder, VenuleStack.freePort(), new FleetPlan(1, 0, 1, Optional.empty()));
                var second = VenuleStack.start(
                        secondFolder, VenuleStack.freePort(), new FleetPlan(1, 0, 1, Optional.empty()))) {
            postgresPort = first.postgresPort();

            assertThat(first.settings().values()).doesNotContainAnyElementsOf(ofOwn(second));
            everyUserSignsIn(first);
            everyUserSignsIn(second);
            theDatabaseAsksForThePassword(first);
            theBrokerAsksForThePassword(first);
            nobodyElsewhereIsListenedTo();
        }

        assertThat(descendants()).isEqualTo(before);
        assertThat(FreePort.isFree(postgresPort)).isTrue();
        assertThat(secondFolder.root()).doesNotExist();
        try (var left = Files.list(firstFolder.root())) {
            assertThat(left).containsExactly(firstFolder.root().resolve("logs"));
        }
    }

    /** What must differ between two stacks: addresses and secrets. */
    private static List<String> ofOwn(VenuleStack stack) {
        return stack.settings().entrySet().stream()
                .filter(setting -> setting.getKey().matches(".*(url|password|secret|port)"))
                .map(java.util.Map.Entry::getValue)
                .toList();
    }

    private static void everyUserSignsIn(VenuleStack stack) throws Exception {
        for (var user : stack.keycloak().realm().users()) {
            var claims = claims(stack.keycloak().tokens().of(user));

            assertThat(claims.get("iss").textValue())
                    .isEqualTo(stack.keycloak().realmAddress().toString());
            assertThat(texts(claims.get("aud"))).contains("venule");
            assertThat(claims.get("name").textValue()).isEqualTo(user.name());
            assertThat(texts(claims.get("realm_access").get("roles")))
                    .contains(user.role().realmName());
            assertThat(claims.has("auth_time")).as("auth_time in %s", claims).isTrue();
            assertThat(claims.has("acr")).as("acr in %s", claims).isTrue();
        }
    }

    private static void theDatabaseAsksForThePassword(VenuleStack stack) throws Exception {
        var database = stack.database();

        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var answer = connection.createStatement().executeQuery("show fsync")) {
            assertThat(answer.next()).isTrue();
            assertThat(answer.getString(1)).isEqualTo("on");
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> DriverManager.getConnection(database.url(), database.user(), "guess"))
                .hasMessageContaining("authentication failed");
    }

    private static void theBrokerAsksForThePassword(VenuleStack stack) throws Exception {
        try (var factory =
                new ActiveMQConnectionFactory(stack.artemis().address().toString())) {
            try (var context = factory.createContext(
                    stack.artemis().user(), stack.artemis().password())) {
                context.createProducer().send(context.createQueue("stack.test"), "hello");
            }
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> factory.createContext("venule", "guess"))
                    .isInstanceOf(jakarta.jms.JMSSecurityRuntimeException.class);
        }
    }

    private static void nobodyElsewhereIsListenedTo() throws Exception {
        if (Listening.isKnown()) {
            assertThat(Listening.listening()).hasSizeGreaterThan(6);
            assertThat(Listening.beyondLoopback()).isEmpty();
        }
    }

    private static JsonNode claims(String token) throws Exception {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    private static List<String> texts(JsonNode node) {
        return node.isTextual()
                ? List.of(node.textValue())
                : StreamSupport.stream(node.spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList();
    }

    private static List<Long> descendants() {
        return ProcessHandle.current()
                .descendants()
                .map(ProcessHandle::pid)
                .sorted()
                .toList();
    }
}
