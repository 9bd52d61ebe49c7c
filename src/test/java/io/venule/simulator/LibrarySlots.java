package io.venule.simulator;

import io.venule.signing.Digest;
import io.venule.signing.JsonMembers;
import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.Jws;
import io.venule.signing.Jws.Verification;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The pump's two library slots: one in use, one being filled block by block. Source: pump contract, "Library". */
final class LibrarySlots {
    static final int MAX_BLOCK = 64 << 10;
    private static final int MAX_SIZE = 16 << 20;
    private static final String TYP = "library-release+jws";
    private static final String LIST = "library";

    private final PumpMemory memory;
    private Optional<PumpLibrary> active = Optional.empty();
    private Transfer transfer = new Transfer(0, "", 0);
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();

    private record Transfer(long counter, String sha256, long size) {}

    private record Release(long counter, String sha256, String signer, long size) {}

    LibrarySlots(PumpMemory memory) {
        this.memory = memory;
        var kept = memory.lines(LIST);
        if (kept.size() == 2) {
            active = PumpLibrary.read(Base64.getDecoder().decode(kept.get(1)), kept.get(0));
        }
    }

    Optional<PumpLibrary> active() {
        return active;
    }

    long counter() {
        return active.map(PumpLibrary::counter).orElse(0L);
    }

    String sha256() {
        return active.map(PumpLibrary::sha256).orElse("");
    }

    /** Starts a transfer, or says where the same one broke off. */
    long begin(long counter, String sha256, long size) {
        if (counter < 1 || size < 1 || size > MAX_SIZE || Digest.parse(sha256).isEmpty()) {
            throw new IllegalArgumentException("not a library");
        }
        var wanted = new Transfer(counter, sha256, size);
        if (!wanted.equals(transfer)) {
            transfer = wanted;
            pending = new ByteArrayOutputStream();
        }
        return pending.size();
    }

    long write(long offset, byte[] block) {
        var fits = offset == pending.size()
                && block.length <= MAX_BLOCK
                && pending.size() + block.length <= transfer.size();
        if (!fits) {
            throw new IllegalArgumentException("block does not fit");
        }
        pending.writeBytes(block);
        return pending.size();
    }

    /** Takes the pending slot into use if it is complete and two pharmacists signed it; otherwise the reason. */
    Optional<Rejection> commit(List<byte[]> signatures, Keyring keys, String ward, long wall) {
        var bytes = pending.toByteArray();
        if (bytes.length == 0
                || bytes.length != transfer.size()
                || !Digest.of(bytes).hex().equals(transfer.sha256())) {
            return Optional.of(Rejection.MALFORMED);
        }
        if (!isSignedByTwo(signatures, keys, ward, wall)) {
            return Optional.of(Rejection.SIGNATURE);
        }
        if (transfer.counter() < counter()
                || (transfer.counter() == counter() && !transfer.sha256().equals(sha256()))) {
            return Optional.of(Rejection.ROLLBACK);
        }
        var library = PumpLibrary.read(bytes, transfer.sha256()).filter(read -> read.counter() == transfer.counter());
        if (library.isEmpty()) {
            return Optional.of(Rejection.MALFORMED);
        }
        active = library;
        memory.replace(LIST, List.of(transfer.sha256(), Base64.getEncoder().encodeToString(bytes)));
        transfer = new Transfer(0, "", 0);
        pending = new ByteArrayOutputStream();
        return Optional.empty();
    }

    private boolean isSignedByTwo(List<byte[]> signatures, Keyring keys, String ward, long wall) {
        var signers = new HashSet<String>();
        var kids = new HashSet<String>();
        var need = new Keyring.Need(KeyRole.LIBRARY_RELEASE, ward, Instant.ofEpochMilli(wall));
        for (var signature : signatures) {
            var text = new String(signature, StandardCharsets.US_ASCII);
            if (Jws.verify(text, TYP, keys, need) instanceof Verification.Verified verified
                    && JsonMembers.readCanonical(verified.payload(), Jws.MAX_LENGTH, LibrarySlots::release)
                            instanceof Reading.Ok<Release>(var release)
                    && release.counter() == transfer.counter()
                    && release.sha256().equals(transfer.sha256())
                    && release.size() == transfer.size()) {
                signers.add(release.signer());
                kids.add(verified.key().hex());
            }
        }
        return signers.size() >= 2 && kids.size() >= 2;
    }

    private static Release release(JsonMembers members) {
        members.exactly("ver", 1);
        members.whole("signedAt", 0, Long.MAX_VALUE);
        return new Release(
                members.whole("counter", 1, Long.MAX_VALUE),
                members.digest("sha256").hex(),
                members.text("signer", 200),
                members.whole("size", 1, MAX_SIZE));
    }
}
