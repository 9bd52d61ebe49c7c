package io.venule.opcua;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** How this server reaches its pumps: its certificates, and a limit for every wait, queue and loop. */
@ConfigMapping(prefix = "venule.opcua")
public interface OpcUaSettings {
    /** Our application certificate, PEM; its alternative name holds our application URI. */
    Path certificate();

    /** Its private key, PKCS #8 PEM. */
    Path privateKey();

    /** The X.509 user certificate that we open sessions with, PEM. */
    Path userCertificate();

    /** Its private key, PKCS #8 PEM. */
    Path userPrivateKey();

    /** The certificate of the fleet's certification authority, PEM. */
    Path fleetAuthority();

    /** The authority's revocation list, PEM; one that has run out refuses every pump. */
    Path revocationList();

    /** The name that pumps give their X.509 user policy. */
    @WithDefault("x509")
    String userTokenPolicy();

    /** A call that takes longer has an unknown outcome. Source: pump contract, "Transport". */
    @WithDefault("3s")
    Duration requestTimeout();

    /** From dialling until somebody takes the call, and from there to an open session. */
    @WithDefault("10s")
    Duration connectTimeout();

    /** How often the stack asks by itself whether a session lives; the readings of {@link #statusIdleEvery()} find out sooner, unless they rest. */
    @WithDefault("15s")
    Duration keepAlive();

    /** How often a pump sends what it collected. */
    @WithDefault("250ms")
    Duration publishing();

    /** How often the state of each channel is read while anything goes on at the pump. */
    @WithDefault("1s")
    Duration statusEvery();

    /** How often while all channels of the pump are idle; what begins there comes by itself. */
    @WithDefault("5s")
    Duration statusIdleEvery();

    /** How often the end of the pump's log is compared with ours; the contract says once a minute at least. */
    @WithDefault("20s")
    Duration headEvery();

    /** The first wait after a lost or refused session; doubles with jitter up to {@link #retryMost()}. */
    @WithDefault("500ms")
    Duration retryLeast();

    /** The longest wait between two attempts to reach a pump. */
    @WithDefault("15s")
    Duration retryMost();

    /** A server that was not heard by the database for so long has lost its pumps; others take them over. */
    @WithDefault("5s")
    Duration leaseTime();

    /** So much before that, by its own clock, it stops acting for them. */
    @WithDefault("1s")
    Duration leaseMargin();

    /** How often it is heard, and looks for pumps without a server. */
    @WithDefault("1s")
    Duration leaseEvery();

    /** Sessions opened at the same time, for handshakes cost processor time on both sides; pumps whose last one failed share a quarter of them. */
    @WithDefault("8")
    int handshakes();

    /** Records waiting per pump; beyond it they are read back from the pump instead. */
    @WithDefault("5000")
    int mailbox();

    /** Events that the pump keeps for us while we do not answer. */
    @WithDefault("5000")
    int eventQueue();

    /** Records read back in one call. */
    @WithDefault("200")
    int readBatch();

    /** Pumps that a new release is brought to at the same time, when one is published while they are connected. */
    @WithDefault("16")
    int transfers();

    /** Bytes of a library sent in one call; the contract allows 65,536. */
    @WithDefault("49152")
    int libraryBlock();
}
