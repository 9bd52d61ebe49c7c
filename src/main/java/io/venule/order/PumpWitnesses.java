package io.venule.order;

import io.venule.audit.WitnessKey;
import io.venule.audit.Witnessing;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LogWitness;
import io.venule.signing.VerifyingKey;

/** Every enrolled pump is a witness of the log, by its record key: whoever turns the log back meets a pump that knows better. T-44, P-12. */
public final class PumpWitnesses implements LogWitness {
    private static final System.Logger LOG = System.getLogger(PumpWitnesses.class.getName());

    private final Witnessing witnessing;

    public PumpWitnesses(Witnessing witnessing) {
        this.witnessing = witnessing;
    }

    @Override
    public <E extends Exception> void show(EnrolledPump pump, Call<E> call) throws E {
        var key = VerifyingKey.parse(pump.recordKey()).orElseThrow();
        var witness = WitnessKey.ofPump(pump.serial().value(), key);
        try {
            var outcome = witnessing.show(witness, request -> {
                var answer = call.witness(request);
                return new Witnessing.Answer(answer.result(), answer.size(), answer.text());
            });
            tell(pump, outcome);
        } catch (RecordUnavailable e) {
            // The pump can do nothing about that, and its session goes on: it is shown the log another time.
            LOG.log(System.Logger.Level.WARNING, "not shown the log pumpId=" + pump.serial(), e);
        }
    }

    private static void tell(EnrolledPump pump, Witnessing.Outcome outcome) {
        switch (outcome) {
            case Witnessing.Outcome.NothingNew n -> {}
            case Witnessing.Outcome.Cosigned c -> {}
            case Witnessing.Outcome.Refused(var why) ->
                LOG.log(System.Logger.Level.WARNING, "no cosignature pumpId={0} error={1}", pump.serial(), why);
            case Witnessing.Outcome.Contradicted(var how) ->
                LOG.log(System.Logger.Level.ERROR, "the log is contradicted pumpId={0} error={1}", pump.serial(), how);
        }
    }
}
