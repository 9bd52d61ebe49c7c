package io.venule.simulator;

/** Why a pump refuses an order. Source: pump contract, "Order". */
enum Rejection {
    SIGNATURE,
    AUDIENCE,
    EXPIRED,
    NOT_YET,
    REPLAY,
    SEQUENCE,
    NONCE,
    EXPECTATION,
    LIBRARY,
    LIMIT,
    PATIENT,
    MALFORMED,
    BUSY,
    LEASE,
    ROLLBACK
}
