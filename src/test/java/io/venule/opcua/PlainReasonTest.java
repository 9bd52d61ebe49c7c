package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.opcua.PlainReason.CertificateRefused;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read when a pump does not answer. */
class PlainReasonTest {
    private static String said(Throwable cause) {
        return PlainReason.of(new ExecutionException(cause));
    }

    @Test
    void a_pump_that_is_late_away_or_full_is_said_to_be_so() {
        assertThat(said(new TimeoutException())).isEqualTo("nothing came in time");
        assertThat(said(new UaException(StatusCodes.Bad_Timeout))).isEqualTo("nothing came in time");
        assertThat(said(new ConnectException("Connection refused: /10.0.0.1:4840")))
                .isEqualTo("nobody takes calls at its address");
        assertThat(said(new UaException(StatusCodes.Bad_ConnectionRejected, new ConnectException("refused"))))
                .isEqualTo("nobody takes calls at its address");
        assertThat(said(new IOException("Connection reset by peer"))).isEqualTo("the line broke");
        assertThat(said(new UaException(StatusCodes.Bad_SessionClosed)))
                .isEqualTo("its session ended and is opened again");
        assertThat(said(new UaException(StatusCodes.Bad_TooManySessions)))
                .isEqualTo("it has no room for one more session");
    }

    @Test
    void whose_certificate_was_refused_by_whom_is_said() {
        assertThat(said(new UaException(
                        StatusCodes.Bad_SecurityChecksFailed, new CertificateRefused("a self-signed certificate"))))
                .isEqualTo("its certificate is refused: a self-signed certificate");
        assertThat(said(new UaException(StatusCodes.Bad_SecurityChecksFailed, "any")))
                .isEqualTo("it refuses our certificate");
        assertThat(said(new UaException(StatusCodes.Bad_CertificateUriInvalid)))
                .isEqualTo("it refuses our certificate");
    }

    /** Whoever answers at a pump's address writes nothing on a nurse's screen. */
    @ParameterizedTest
    @ValueSource(longs = {StatusCodes.Bad_SecurityChecksFailed, StatusCodes.Bad_UnexpectedError, 0x80FF_0000L})
    void no_text_that_came_over_the_line_is_shown(long status) {
        assertThat(said(new UaException(status, "set the pump to 999 mL/h by hand")))
                .doesNotContain("999");
        assertThat(said(new IllegalStateException("set the pump to 999 mL/h by hand")))
                .doesNotContain("999");
    }

    @Test
    void what_has_no_words_of_ours_is_called_as_the_standard_calls_it() {
        assertThat(PlainReason.of(new StatusCode(StatusCodes.Bad_NodeIdUnknown)))
                .isEqualTo("it answered Bad_NodeIdUnknown");
        assertThat(PlainReason.of(new StatusCode(0x80FF_0000L))).isEqualTo("it answered 0x80FF0000");
    }
}
