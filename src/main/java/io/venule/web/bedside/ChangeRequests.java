package io.venule.web.bedside;

import io.venule.order.ChangeDesk;
import io.venule.order.ChangeForm;
import io.venule.order.ChangeForm.Ask;
import io.venule.order.ChangeVerdict;
import io.venule.order.OrderId;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import io.venule.web.Staff;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Reads what programs want of a running infusion, has it checked or sent, and answers. */
@Singleton
class ChangeRequests {
    private final ChangeDesk desk;
    private final OrderAnswers answers;
    private final Quantities members;
    private final Problems problems;
    private final Staff staff;

    ChangeRequests(ChangeDesk desk, OrderAnswers answers, Quantities members, Problems problems, Staff staff) {
        this.desk = desk;
        this.answers = answers;
        this.members = members;
        this.problems = problems;
        this.staff = staff;
    }

    /**
     * The wanted dose, with what was displayed and the id of the tap when sending.
     *
     * @param value the new dose, or rate of a plain fluid, in the unit of the order; the dose of a bolus in the unit of the library entry
     */
    public record Change(
            @Nullable String value,
            @Nullable String override,
            @Nullable String displayed,
            @Nullable String submission) {}

    ChangeView check(String id, Ask ask, @Nullable Change change) {
        var value = members.text("value", members.body(change).value());
        var nurse = staff.signedIn();
        var verdict = desk.check(ChangeForm.toCheck(order(id), ask, value), nurse);
        if (verdict instanceof ChangeVerdict.Unknown) {
            throw problems.refuse(ProblemType.NOT_FOUND, "No such order is on record.");
        }
        return ChangeView.of(verdict, desk.secondCheck(verdict, nurse));
    }

    RestResponse<OrderShown> place(String id, Ask ask, @Nullable Change sent) {
        var change = members.body(sent);
        var value = members.text("value", change.value());
        var submission =
                members.text("submission", change.submission()).replace("-", "").toLowerCase(Locale.ROOT);
        if (!submission.matches("[0-9a-f]{32}")) {
            throw members.invalid("submission", "is not 32 hexadecimal digits");
        }
        var form = new ChangeForm(
                order(id), ask, value, orEmpty(change.override()), orEmpty(change.displayed()), submission);
        var answer = answers.of(desk.place(form, staff.signedIn()));
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(answer.status()), OrderShown.of(answer.order()))
                .build();
    }

    private OrderId order(String id) {
        if (!id.matches("[0-9a-f]{32}")) {
            throw problems.refuse(ProblemType.NOT_FOUND, "");
        }
        return new OrderId(id);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
