package io.venule.order;

import io.venule.pump.PumpSerial;
import java.util.Optional;

/** Which server holds the session with a pump, for sending orders there. Answers from memory, also while the record is silent. */
public interface PumpHolders {
    /** The name of this server. */
    String here();

    /** The name of the server that held the pump when the record was last asked; empty where none did. */
    Optional<String> of(PumpSerial pump);

    /** Whether other servers live, with whom news of the pumps is shared. */
    boolean hasOthers();
}
