package io.venule.stack;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The application starts against the embedded stack inside a {@code @QuarkusTest}, and the test can reach the stack. */
@QuarkusTest
@WithTestResource(StackResource.class)
class StackResourceIT {
    @Nullable
    VenuleStack stack;

    @Test
    void the_application_is_ready_on_the_stack_and_the_test_holds_it() throws Exception {
        var running = java.util.Objects.requireNonNull(stack);

        given().get("/q/health/ready").then().statusCode(200);

        assertThat(running.keycloak().tokens().of(running.keycloak().realm().user("nurse")))
                .isNotBlank();
    }

    @Test
    void neither_stack_nor_application_listens_to_another_machine() throws Exception {
        if (Listening.isKnown()) {
            assertThat(Listening.beyondLoopback()).isEmpty();
        }
    }
}
