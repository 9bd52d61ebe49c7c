package io.venule.druglibrary;

import io.venule.druglibrary.Difference.Fact;
import io.venule.druglibrary.Difference.Row;
import io.venule.druglibrary.Drug.HighAlert;
import io.venule.druglibrary.Drug.SecondCheck;
import java.util.List;

/** What is different between two care areas, drugs and products of one code, and what each says. */
final class PartDiffs {
    private PartDiffs() {}

    static List<Row> careArea(CareArea before, CareArea after) {
        var rows = new Rows();
        rows.text("Name", before.name(), after.name());
        rows.limits("Rate", before.rate(), after.rate(), Scale.RATE);
        rows.limits("Patient weight", before.weight(), after.weight(), Scale.WEIGHT);
        rows.limits("Volume to be infused", before.toInfuse(), after.toInfuse(), Scale.VOLUME);
        var higher = after.keepVeinOpen().compareTo(before.keepVeinOpen()) > 0;
        rows.compare(
                "Keep vein open",
                before.keepVeinOpen().print(),
                after.keepVeinOpen().print(),
                higher ? Flag.WIDENED : Flag.NARROWED);
        return rows.all();
    }

    static List<Fact> facts(CareArea area) {
        return List.of(
                new Fact("Rate", Rows.print(area.rate(), Scale.RATE)),
                new Fact("Patient weight", Rows.print(area.weight(), Scale.WEIGHT)),
                new Fact("Volume to be infused", Rows.print(area.toInfuse(), Scale.VOLUME)),
                new Fact("Keep vein open", area.keepVeinOpen().print()));
    }

    static List<Row> drug(Drug before, Drug after) {
        var rows = new Rows();
        rows.text("Name", before.name(), after.name());
        rows.text("Tall-man name", before.tallMan(), after.tallMan());
        rows.text("RxNorm", before.rxnorm(), after.rxnorm());
        rows.compare("High alert", print(before.highAlert()), print(after.highAlert()), highAlert(before, after));
        rows.compare(
                "Second check",
                print(before.secondCheck()),
                print(after.secondCheck()),
                strength(after.secondCheck()) < strength(before.secondCheck()) ? Flag.LESS_CHECKED : Flag.MORE_CHECKED);
        return rows.all();
    }

    private static Flag highAlert(Drug before, Drug after) {
        if (before.isHighAlert() == after.isHighAlert()) {
            return Flag.TEXT;
        }
        return after.isHighAlert() ? Flag.MORE_CHECKED : Flag.LESS_CHECKED;
    }

    static List<Fact> facts(Drug drug) {
        return List.of(
                new Fact("Name", drug.name()),
                new Fact("RxNorm", Rows.said(drug.rxnorm())),
                new Fact("High alert", print(drug.highAlert())),
                new Fact("Second check", print(drug.secondCheck())));
    }

    private static String print(HighAlert highAlert) {
        return switch (highAlert) {
            case HighAlert.No() -> "not on the list";
            case HighAlert.Yes(var category) -> category;
        };
    }

    private static String print(SecondCheck check) {
        return switch (check) {
            case ALWAYS -> "always";
            case OVERRIDE -> "where a soft limit is passed";
            case NEVER -> "never";
        };
    }

    private static int strength(SecondCheck check) {
        return switch (check) {
            case ALWAYS -> 2;
            case OVERRIDE -> 1;
            case NEVER -> 0;
        };
    }

    static List<Row> product(Product before, Product after) {
        var rows = new Rows();
        rows.compare("Drug", before.drug(), after.drug(), Flag.OTHER_DRUG);
        rows.compare(
                "Strength",
                before.content().print(),
                after.content().print(),
                EntryDiff.content(before.content(), after.content()));
        rows.compare("Volume", before.volume().print(), after.volume().print(), Flag.OTHER_CONTENT);
        rows.text("Name", before.name(), after.name());
        rows.text("NDC", before.ndc(), after.ndc());
        return rows.all();
    }

    static List<Fact> facts(Product product) {
        return List.of(
                new Fact("Drug", product.drug()),
                new Fact("Strength", product.content().print()),
                new Fact("Volume", product.volume().print()),
                new Fact("NDC", Rows.said(product.ndc())));
    }
}
