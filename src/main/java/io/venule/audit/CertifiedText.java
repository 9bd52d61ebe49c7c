package io.venule.audit;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Jws;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.VerifyingKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A text that this hospital's people or server signed, as an entry holds it: the root's certificate of the key stands right behind it. */
record CertifiedText(Kind kind, String text, Optional<String> certificate) {
    /** What such texts are. */
    enum Kind {
        ORDER("infusion-order+jws", "order", KeyRole.ORDER),
        RELEASE("library-release+jws", "release signature", KeyRole.LIBRARY_RELEASE);

        private final String type;
        private final String noun;
        private final KeyRole role;

        Kind(String type, String noun, KeyRole role) {
            this.type = type;
            this.noun = noun;
            this.role = role;
        }

        /** They stand in some entries and in no others: most are looked at no further. */
        boolean standsIn(AuditEntry entry) {
            return switch (this) {
                case ORDER ->
                    entry.kind() == AuditKind.ORDER_SIGNED
                            || entry.kind() == AuditKind.STOP_TAKEN
                            || entry.kind() == AuditKind.STOP_NOT_DONE;
                case RELEASE -> entry.kind() == AuditKind.LIBRARY_ACTIVATED;
            };
        }
    }

    /** What the root's key says of it. */
    sealed interface Judged {
        /** The root certified the key for such texts, and it signed this one; whether in time is left to whoever knows when. */
        record Signed(JsonObject said, KeyCertificate key) implements Judged {}

        /** Why not. */
        record Refused(String what) implements Judged {}
    }

    /** Those of this kind in an entry, in their order. */
    static List<CertifiedText> in(AuditEntry entry, Kind kind) {
        if (!kind.standsIn(entry)) {
            return List.of();
        }
        var texts = entry.signed();
        var found = new ArrayList<CertifiedText>();
        for (int i = 0; i < texts.size(); i++) {
            if (isOf(kind, texts.get(i))) {
                found.add(new CertifiedText(
                        kind,
                        texts.get(i),
                        texts.stream().skip(i + 1L).findFirst().filter(CertifiedText::isCertificate)));
            }
        }
        return found;
    }

    /** The entry's texts that are none of this hospital's or its root's, to be judged with a pump's key. */
    static List<String> others(AuditEntry entry) {
        var kinds = Arrays.stream(Kind.values())
                .filter(kind -> kind.standsIn(entry))
                .toList();
        return kinds.isEmpty()
                ? entry.signed()
                : entry.signed().stream()
                        .filter(text -> !isCertificate(text))
                        .filter(text -> kinds.stream().noneMatch(kind -> isOf(kind, text)))
                        .toList();
    }

    private static boolean isOf(Kind kind, String text) {
        return Jws.namedKey(text, kind.type).isPresent();
    }

    private static boolean isCertificate(String text) {
        return Jws.namedKey(text, KeyCertificate.TYP).isPresent();
    }

    /** Judges it; what has no certificate is refused. */
    Judged judged(VerifyingKey root) {
        if (certificate.isEmpty()) {
            return new Judged.Refused("holds an " + kind.noun + " without the certificate of its key");
        }
        return switch (KeyCertificate.check(certificate.get(), root)) {
            case KeyCertificate.Checked.Refused(var why, var reason) ->
                new Judged.Refused("holds a certificate that is not the root's word: " + reason);
            case KeyCertificate.Checked.Certified(var key)
            when key.role() != kind.role ->
                new Judged.Refused("holds a text of kind " + kind.noun + " by a key for " + key.role());
            case KeyCertificate.Checked.Certified(var key) ->
                switch (Jws.verify(text, kind.type, key.key())) {
                    case Jws.Verification.Refused(var why, var reason) ->
                        new Judged.Refused(
                                "holds a text of kind " + kind.noun + " that its key did not sign: " + reason);
                    case Jws.Verification.Verified signed ->
                        CanonicalJson.parseCanonical(signed.payload())
                                        instanceof CanonicalJson.Parsed.Ok(JsonObject said)
                                ? new Judged.Signed(said, key)
                                : new Judged.Refused("holds a signed text that is no " + kind.noun);
                };
        };
    }
}
