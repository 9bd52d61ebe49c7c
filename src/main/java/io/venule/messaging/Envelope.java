package io.venule.messaging;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.Optional;

/**
 * A message as it travels: what it asks, its random number, its text and its seal.
 *
 * @param kind one of {@link Kind}, or {@code REPLY}
 */
record Envelope(String kind, String number, String body, String seal) {
    static final String KIND = "venuleKind";
    static final String SEAL = "venuleSeal";
    static final String REPLY = "REPLY";

    /** What a request asks for. */
    enum Kind {
        CHALLENGE,
        ORDER,
        READ_BACK
    }

    /** Empty for a message that is none of ours in form. */
    static Optional<Envelope> of(Message message) throws JMSException {
        if (!(message instanceof TextMessage text)) {
            return Optional.empty();
        }
        var kind = text.getStringProperty(KIND);
        var seal = text.getStringProperty(SEAL);
        var number = text.getJMSCorrelationID();
        var body = text.getText();
        return kind == null
                        || seal == null
                        || number == null
                        || body == null
                        || number.length() > 64
                        || body.length() > GatewayText.MAX_LENGTH
                ? Optional.empty()
                : Optional.of(new Envelope(kind, number, body, seal));
    }

    void fill(TextMessage message) throws JMSException {
        message.setStringProperty(KIND, kind);
        message.setStringProperty(SEAL, seal);
        message.setJMSCorrelationID(number);
    }
}
