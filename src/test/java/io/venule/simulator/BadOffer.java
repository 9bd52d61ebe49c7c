package io.venule.simulator;

import java.util.Collections;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;
import org.jspecify.annotations.Nullable;

/** What may be answered to who asks a pump, without security, for its endpoints. Threat T-22. */
public enum BadOffer {
    /** No endpoints, not even an empty list. */
    NO_LIST {
        @Override
        EndpointDescription @Nullable [] instead(EndpointDescription good) {
            return null;
        }
    },
    /** The endpoint, without a certificate. */
    NO_CERTIFICATE {
        @Override
        EndpointDescription @Nullable [] instead(EndpointDescription good) {
            return new EndpointDescription[] {with(good, ByteString.NULL_VALUE, good.getSecurityMode())};
        }
    },
    /** With a certificate of no bytes. */
    EMPTY_CERTIFICATE {
        @Override
        EndpointDescription @Nullable [] instead(EndpointDescription good) {
            return new EndpointDescription[] {with(good, ByteString.of(new byte[0]), good.getSecurityMode())};
        }
    },
    /** With bytes that are no certificate. */
    NOISE {
        @Override
        EndpointDescription @Nullable [] instead(EndpointDescription good) {
            return new EndpointDescription[] {with(good, ByteString.of(new byte[] {0x30, 1, 2}), good.getSecurityMode())
            };
        }
    },
    /** A good certificate, of an endpoint that only signs. */
    SIGN_ONLY {
        @Override
        EndpointDescription @Nullable [] instead(EndpointDescription good) {
            return new EndpointDescription[] {with(good, good.getServerCertificate(), MessageSecurityMode.Sign)};
        }
    },
    /** So many endpoints that the answer is larger than any that is read. */
    TOO_MANY {
        @Override
        EndpointDescription @Nullable [] instead(EndpointDescription good) {
            return Collections.nCopies(500, good).toArray(new EndpointDescription[0]);
        }
    };

    abstract EndpointDescription @Nullable [] instead(EndpointDescription good);

    private static EndpointDescription with(
            EndpointDescription good, ByteString certificate, MessageSecurityMode mode) {
        return new EndpointDescription(
                good.getEndpointUrl(),
                good.getServer(),
                certificate,
                mode,
                good.getSecurityPolicyUri(),
                good.getUserIdentityTokens(),
                good.getTransportProfileUri(),
                good.getSecurityLevel());
    }

    WrongAnswer answer() {
        return WrongAnswer.of(
                WrongAnswer.number(GetEndpointsResponse.TYPE_ID),
                WrongAnswer.number(GetEndpointsResponse.BINARY_ENCODING_ID),
                (out, value, codec, context) -> {
                    var response = (GetEndpointsResponse) value;
                    var endpoints = response.getEndpoints();
                    if (endpoints == null) {
                        throw new IllegalStateException("a pump without endpoints");
                    }
                    codec.encode(
                            context,
                            out,
                            new GetEndpointsResponse(response.getResponseHeader(), instead(endpoints[0])));
                });
    }
}
