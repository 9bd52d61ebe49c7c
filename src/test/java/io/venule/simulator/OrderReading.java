package io.venule.simulator;

import io.venule.signing.JsonMembers;
import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.Jws;
import io.venule.signing.Jws.RefusalKind;
import io.venule.signing.Jws.Verification;
import io.venule.signing.Keyring;

/** A text as an order signed by a key that the pump trusts, or why it is not. */
sealed interface OrderReading {
    record Good(SignedText order) implements OrderReading {}

    /** Rightly signed, by a key that only its lifetime and the pump's clock speak against: refused, and remembered as an order. */
    record OutOfTime(SignedText order) implements OrderReading {}

    record Not(Rejection code) implements OrderReading {}

    static OrderReading of(String text, Keyring keys, Keyring.Need need) {
        return switch (Jws.verify(text, OrderText.TYP, keys, need)) {
            case Verification.Refused(var kind, var reason)
            when kind == RefusalKind.KEY_LIFETIME -> outOfTime(text, keys);
            case Verification.Refused refused -> new Not(codeOf(refused.kind()));
            case Verification.Verified verified -> read(verified);
        };
    }

    private static OrderReading outOfTime(String text, Keyring keys) {
        var key = Jws.namedKey(text, OrderText.TYP)
                .flatMap(kid -> keys.certificates().stream()
                        .filter(certificate -> certificate.id().equals(kid))
                        .findFirst());
        if (key.isPresent()
                && Jws.verify(text, OrderText.TYP, key.get().key()) instanceof Verification.Verified verified
                && read(verified) instanceof Good(var order)) {
            return new OutOfTime(order);
        }
        return new Not(Rejection.SIGNATURE);
    }

    private static OrderReading read(Verification.Verified verified) {
        return switch (JsonMembers.readCanonical(verified.payload(), Jws.MAX_LENGTH, SignedText::read)) {
            case Reading.Refused<SignedText> refused -> new Not(Rejection.MALFORMED);
            case Reading.Ok<SignedText>(var order) ->
                order.kid().equals(verified.key().hex()) ? new Good(order) : new Not(Rejection.MALFORMED);
        };
    }

    static Rejection codeOf(RefusalKind kind) {
        return switch (kind) {
            case MALFORMED -> Rejection.MALFORMED;
            case HEADER, KEY, KEY_LIFETIME, SIGNATURE -> Rejection.SIGNATURE;
        };
    }
}
