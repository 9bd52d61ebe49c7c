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
 */
public record EnrolledPump(
        PumpSerial serial,
        String assetId,
        PumpModel model,
        int channels,
        String endpoint,
        String certificate,
        String recordKey,
        boolean simulated) {
    public EnrolledPump {
        if (channels < 1 || channels > ChannelId.MAX_CHANNELS || !endpoint.startsWith("opc.tcp://")) {
            throw new IllegalArgumentException("not an enrolled pump: " + serial);
        }
    }
}
