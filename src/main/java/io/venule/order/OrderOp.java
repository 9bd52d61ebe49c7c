package io.venule.order;

import io.venule.dose.Wanted;

/** What an order on record asks for. Source: pump contract, "Order". */
public enum OrderOp {
    /** Starts an infusion. */
    PROGRAM,
    /** Sets another rate for one that runs. */
    TITRATE,
    /** Gives a dose on top of one that runs, once. */
    BOLUS;

    static OrderOp of(Wanted wanted) {
        return switch (wanted) {
            case Wanted.Rate rate -> TITRATE;
            case Wanted.Bolus bolus -> BOLUS;
        };
    }

    /** The contract's word. */
    public String word() {
        return switch (this) {
            case PROGRAM -> "program";
            case TITRATE -> "titrate";
            case BOLUS -> "bolus";
        };
    }
}
