package io.venule.opcua;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/**
 * Why a pump does not answer, for whoever stands at the bedside or looks after pumps. All words are ours: what comes over the line says which of them, and none of its text is ever shown, since
 * anybody may have sent it. Source: OPC 10000-4, 7.38.
 */
final class PlainReason {
    private static final String REFUSES_US = "it refuses our certificate";
    private static final String NOTHING_CAME = "nothing came in time";
    static final String NOBODY = "nobody takes calls at its address";
    private static final Map<Long, String> WORDS = Map.ofEntries(
            Map.entry(StatusCodes.Bad_Timeout, NOTHING_CAME),
            Map.entry(StatusCodes.Bad_RequestTimeout, NOTHING_CAME),
            Map.entry(StatusCodes.Bad_ConnectionRejected, NOBODY),
            Map.entry(StatusCodes.Bad_TcpEndpointUrlInvalid, NOBODY),
            Map.entry(StatusCodes.Bad_ConnectionClosed, "the line broke"),
            Map.entry(StatusCodes.Bad_SecureChannelClosed, "the line broke"),
            Map.entry(StatusCodes.Bad_SecureChannelIdInvalid, "the line broke"),
            Map.entry(StatusCodes.Bad_NotConnected, "the line broke"),
            Map.entry(StatusCodes.Bad_CommunicationError, "the line broke"),
            Map.entry(StatusCodes.Bad_SessionClosed, "its session ended and is opened again"),
            Map.entry(StatusCodes.Bad_SessionIdInvalid, "its session ended and is opened again"),
            Map.entry(StatusCodes.Bad_SessionNotActivated, "its session ended and is opened again"),
            Map.entry(StatusCodes.Bad_TooManySessions, "it has no room for one more session"),
            Map.entry(StatusCodes.Bad_Shutdown, "it is being switched off"),
            Map.entry(StatusCodes.Bad_ServerHalted, "it is being switched off"),
            Map.entry(StatusCodes.Bad_SecurityChecksFailed, REFUSES_US),
            Map.entry(StatusCodes.Bad_IdentityTokenInvalid, REFUSES_US),
            Map.entry(StatusCodes.Bad_IdentityTokenRejected, REFUSES_US),
            Map.entry(StatusCodes.Bad_UserAccessDenied, REFUSES_US));

    private PlainReason() {}

    /** The pump's certificate is not the one that it should be. */
    static final class CertificateRefused extends UaException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        CertificateRefused(String reason) {
            super(StatusCodes.Bad_SecurityChecksFailed, reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Whether nobody said anything: then there is nobody to ask for more. */
    static boolean isSilence(Throwable thrown) {
        var words = of(thrown);
        return words.equals(NOTHING_CAME) || words.equals(NOBODY);
    }

    /** Of what was thrown, the first that says something; from outside in. */
    static String of(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateRefused refused -> {
                    return "its certificate is refused: " + refused.reason;
                }
                case TimeoutException late -> {
                    return of(StatusCodes.Bad_Timeout);
                }
                case ConnectException nobody -> {
                    return of(StatusCodes.Bad_ConnectionRejected);
                }
                case UaException said
                when saysNoMore(said) -> {
                    return of(said.getStatusCode());
                }
                default -> {
                    if (cause.getCause() == null) {
                        return of(
                                cause instanceof IOException
                                        ? StatusCodes.Bad_ConnectionClosed
                                        : StatusCodes.Bad_UnexpectedError);
                    }
                }
            }
        }
        return of(StatusCodes.Bad_UnexpectedError);
    }

    /** What lies below it is the same in other words, unless it is one of ours or of the network's. */
    private static boolean saysNoMore(UaException said) {
        for (var cause = said.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UaException || cause instanceof IOException || cause instanceof TimeoutException) {
                return false;
            }
        }
        return true;
    }

    static String of(StatusCode status) {
        return of(status.value());
    }

    private static String of(long status) {
        return Optional.ofNullable(WORDS.get(status))
                .or(() -> Optional.of(REFUSES_US).filter(words -> name(status).startsWith("Bad_Certificate")))
                .orElseGet(() -> "it answered " + name(status));
    }

    /** As the standard has it. */
    private static String name(long status) {
        return StatusCodes.lookup(status)
                .map(words -> words[0])
                .orElseGet(() -> "0x" + Long.toHexString(status).toUpperCase(Locale.ROOT));
    }
}
