package io.venule.pump;

/** Shows pumps what became of the server's audit log, and takes what they say to it. Source: pump contract, "Witness". */
@FunctionalInterface
public interface LogWitness {
    /** Shows it to this pump by this call, if there is something that it has not seen; what the pump says is kept. */
    <E extends Exception> void show(EnrolledPump pump, Call<E> call) throws E;

    /**
     * A pump's answer to {@code WitnessCheckpoint}.
     *
     * @param size entries of the largest tree it saw
     * @param text its cosignature, or the checkpoint that it cosigned last
     */
    record Answer(String result, long size, String text) {}

    /** Brings the request to the pump. */
    @FunctionalInterface
    interface Call<E extends Exception> {
        Answer witness(String request) throws E;
    }
}
