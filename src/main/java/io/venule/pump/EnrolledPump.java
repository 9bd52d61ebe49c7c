package io.venule.pump;

/**
 * A pump in the hospital's inventory, as biomedical engineering enrolled it.
 *
 * @param assetId the hospital's asset tag
 * @param channels how many channels it has, from 1
 * @param endpoint its OPC UA address, {@code opc.tcp://…}
 * @param certificate its OPC UA application certificate, PEM; pinned
 * @param recordKey its Ed25519 record key, base64url of the 32 raw bytes
 * @param simulated whether it is a simulator, which clinical mode refuses
 * @param ward the ward that it stands in, as the pump itself was told; {@link #NO_WARD} for none: only a key of all wards is for it
 */
public record EnrolledPump(
        PumpSerial serial,
        String assetId,
        PumpModel model,
        int channels,
        String endpoint,
        String certificate,
        String recordKey,
        boolean simulated,
        String ward) {
    /** Of no named ward. */
    public static final String NO_WARD = "*";

    public EnrolledPump {
        if (!ward.equals(NO_WARD) && !ward.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,31}")) {
            throw new IllegalArgumentException("not a ward: " + ward);
        }
        if (channels < 1 || channels > ChannelId.MAX_CHANNELS || !endpoint.startsWith("opc.tcp://")) {
            throw new IllegalArgumentException("not an enrolled pump: " + serial);
        }
    }

    /** A pump of no named ward. */
    public EnrolledPump(
            PumpSerial serial,
            String assetId,
            PumpModel model,
            int channels,
            String endpoint,
            String certificate,
            String recordKey,
            boolean simulated) {
        this(serial, assetId, model, channels, endpoint, certificate, recordKey, simulated, NO_WARD);
    }
}
