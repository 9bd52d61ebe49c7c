package io.venule.web.bedside;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.venule.order.SecondCheck;

/**
 * Who else must look, as pages and API show it.
 *
 * @param by who looked first; empty while nobody has
 * @param until when that counts no more; empty while nobody has looked
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecondCheckShown(State state, String by, String until) {
    /** How it stands for who asks. */
    public enum State {
        /** One person is enough. */
        NOT_NEEDED,
        /** Two must look; sending makes this person the first. */
        NEEDED,
        /** This person was the first; someone else must look. */
        WAITS_FOR_ANOTHER,
        /** Someone else was the first; sending makes this person the second, and sends. */
        COMPLETES,
        /** Two must look; this person must sign in anew first. */
        SIGN_IN_TOO_OLD
    }

    static SecondCheckShown of(SecondCheck check) {
        return switch (check) {
            case SecondCheck.NotNeeded n -> new SecondCheckShown(State.NOT_NEEDED, "", "");
            case SecondCheck.Needed n -> new SecondCheckShown(State.NEEDED, "", "");
            case SecondCheck.WaitsForAnother(var yours) ->
                new SecondCheckShown(
                        State.WAITS_FOR_ANOTHER,
                        yours.person().name(),
                        yours.ends().toString());
            case SecondCheck.Completes(var theirs) ->
                new SecondCheckShown(
                        State.COMPLETES, theirs.person().name(), theirs.ends().toString());
            case SecondCheck.SignInTooOld s -> new SecondCheckShown(State.SIGN_IN_TOO_OLD, "", "");
        };
    }
}
