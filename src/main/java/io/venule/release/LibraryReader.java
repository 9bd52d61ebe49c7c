package io.venule.release;

import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.Drug;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.LibraryVersion;
import io.venule.druglibrary.Product;
import io.venule.release.Faults.Place;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads the parts of a library into one release. */
final class LibraryReader {
    private final Faults faults;
    private final Map<String, UnitsOfDrug> drugs = new HashMap<>();

    LibraryReader(Faults faults) {
        this.faults = faults;
    }

    LibraryReading read(Parts parts) {
        var library =
                Members.of(parts.library().json(), "library", parts.library().place(), faults);
        var counter = library.counter("counter");
        var title = library.text("title");
        var use = library.text("use");
        library.end();
        var careAreas = careAreas(parts.careAreas());
        var areaCodes = new HashSet<>(careAreas.stream().map(CareArea::code).toList());
        var entries = parts.drugs().stream()
                .flatMap(part -> drug(part, areaCodes).stream())
                .toList();
        var products = products(parts.products());
        if (!faults.isEmpty()) {
            return new LibraryReading.Refused(faults.all());
        }
        var canonical = CanonicalJson.write(parts.joined());
        var version = new LibraryVersion(counter, Digest.of(canonical).hex());
        return new LibraryReading.Loaded(
                new Release(new DrugLibrary(version, title, careAreas, entries, products), use, canonical));
    }

    private List<CareArea> careAreas(Part part) {
        var areas = new ArrayList<CareArea>();
        for (var json : Parts.items(part, faults)) {
            areas.add(careArea(Members.of(json, "care area", part.place(), faults)));
        }
        refuseTwice(areas, CareArea::code, part.place());
        return areas;
    }

    private static CareArea careArea(Members unplaced) {
        var code = unplaced.text("code");
        var members = unplaced.at(code);
        members.text("code");
        checkCode(members, code);
        var area = new CareArea(
                code,
                members.text("name"),
                LimitsReader.rates(members, "rate"),
                LimitsReader.weights(members, "weight"),
                LimitsReader.volumes(members, "toInfuse"),
                Quantities.flowRate(members.object("keepVeinOpen")));
        members.text("source");
        EntryReader.basis(members);
        members.end();
        return area;
    }

    private static void checkCode(Members members, String code) {
        if (!code.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            members.fault("code " + code + " is not a code", "Use small letters, digits and single hyphens");
        }
    }

    private List<LibraryEntry> drug(Part part, Set<String> careAreas) {
        var members = Members.of(part.json(), "drug", part.place(), faults);
        var code = members.text("code");
        checkCode(members, code);
        if (part.place().file().startsWith("drugs/") && !part.place().file().equals("drugs/" + code + ".json")) {
            members.fault("the drug's code is " + code, "Name the file after the code");
        }
        var drug = new Drug(
                code,
                members.text("name"),
                members.text("tallMan"),
                members.optionalText("rxnorm"),
                highAlert(members.optionalText("highAlert")),
                secondCheck(members));
        checkTallMan(members, drug);
        var units = UnitsOfDrug.read(members);
        if (drugs.putIfAbsent(code, units) != null) {
            members.fault("drug " + code + " is there twice", "Keep one");
        }
        var reader = new EntryReader(drug, units, careAreas);
        var entries = members.list("entries").stream()
                .map(json -> reader.read(Members.of(json, "entry", part.place(), faults)))
                .toList();
        members.end();
        refuseTwice(entries, LibraryEntry::id, part.place());
        return entries;
    }

    /** Left out it is none; a high-alert drug says it in any case, so that nobody forgets to decide. */
    private static Drug.SecondCheck secondCheck(Members members) {
        var said = members.optionalText("secondCheck");
        return switch (said) {
            case "always" -> Drug.SecondCheck.ALWAYS;
            case "override" -> Drug.SecondCheck.OVERRIDE;
            case "never" -> Drug.SecondCheck.NEVER;
            default -> {
                if (!said.isEmpty() || !members.optionalText("highAlert").isEmpty()) {
                    members.fault(
                            said.isEmpty()
                                    ? "a high-alert drug without secondCheck"
                                    : "secondCheck " + said + " is none",
                            "Say always, override or never");
                }
                yield Drug.SecondCheck.NEVER;
            }
        };
    }

    private static Drug.HighAlert highAlert(String category) {
        return category.isEmpty() ? new Drug.HighAlert.No() : new Drug.HighAlert.Yes(category);
    }

    private static void checkTallMan(Members members, Drug drug) {
        if (!drug.tallMan().equalsIgnoreCase(drug.name())) {
            members.fault(
                    "tallMan " + drug.tallMan() + " is not the name " + drug.name(),
                    "Use the same letters; only capitals may differ");
        }
    }

    private List<Product> products(Part part) {
        var products = new ArrayList<Product>();
        for (var json : Parts.items(part, faults)) {
            products.add(product(Members.of(json, "product", part.place(), faults)));
        }
        refuseTwice(products, Product::gtin, part.place());
        return products;
    }

    private Product product(Members unplaced) {
        var gtin = unplaced.text("gtin");
        var members = unplaced.at(gtin);
        members.text("gtin");
        if (!Gtin.isValid(gtin)) {
            members.fault(
                    "GTIN " + gtin + " has not 14 digits with a right check digit", "Read it again from the label");
        }
        var drug = members.text("drug");
        if (!drugs.containsKey(drug)) {
            members.fault("unknown drug " + drug, "Use the code of a file in drugs/, or add one");
        }
        var units = drugs.getOrDefault(drug, new UnitsOfDrug(Set.of(), Set.of()));
        var product = new Product(
                gtin,
                members.optionalText("ndc"),
                members.text("name"),
                drug,
                StrengthReader.read(members, units),
                Quantities.volume(members.object("volume")));
        members.end();
        return product;
    }

    private <V> void refuseTwice(List<V> values, Function<V, String> key, Place place) {
        var seen = new HashSet<String>();
        for (var value : values) {
            if (!seen.add(key.apply(value))) {
                faults.add(place.in(key.apply(value)), key.apply(value) + " is there twice", "Keep one");
            }
        }
    }
}
