package io.venule.barcode;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All application identifiers with the form of their data; {@code *} marks those of predefined length, which need no separator.
 * Every one must be known to find where the next begins. Source: GS1 syntax dictionary, against which a test holds this table.
 */
final class ApplicationIdentifiers {
    /** One application identifier. */
    record Identifier(String code, FieldFormat format, boolean predefinedLength) {}

    private static final String TABLE = """
            *N18,csum: 00
            *N14,csum: 01 02 03
            X..20: 10 21 22 243 254 420 4318 7020 7021 7022 710 711 712 713 714 715 716 717 7240 8002 8012
            *N6,yymmd0: 11 12 13 15 16 17
            *N2: 20
            X..28: 235
            X..30: 240 241 250 251 400 401 403 4308 4319 7002 7023 8004 90
            N..6: 242
            N13,csum [X..17]: 253
            N13,csum [N..12]: 255
            N..8: 30 37
            *N6: 3100-3105 3110-3115 3120-3125 3130-3135 3140-3145 3150-3155 3160-3165 3200-3205 3210-3215 3220-3225
            *N6: 3230-3235 3240-3245 3250-3255 3260-3265 3270-3275 3280-3285 3290-3295 3300-3305 3310-3315 3320-3325
            *N6: 3330-3335 3340-3345 3350-3355 3360-3365 3370-3375 3400-3405 3410-3415 3420-3425 3430-3435 3440-3445
            *N6: 3450-3455 3460-3465 3470-3475 3480-3485 3490-3495 3500-3505 3510-3515 3520-3525 3530-3535 3540-3545
            *N6: 3550-3555 3560-3565 3570-3575 3600-3605 3610-3615 3620-3625 3630-3635 3640-3645 3650-3655 3660-3665
            *N6: 3670-3675 3680-3685 3690-3695
            N..15: 3900-3909 3920-3929
            N3 N..15: 3910-3919 3930-3939
            N4: 3940-3943 8111
            N6: 3950-3955 8005
            N17,csum: 402
            *N13,csum: 410 411 412 413 414 415 416 417
            N3 X..9: 421
            N3: 422 424 426
            N3 [N3] [N3] [N3] [N3]: 423 425
            X..3: 427 7008
            X..35,pcenc: 4300 4301 4310 4311 4320
            X..70,pcenc: 4302 4303 4304 4305 4306 4312 4313 4314 4315 4316 7257
            X2: 4307 4317
            N10 N10: 4309
            N1: 4321 4322 4323
            N6,yymmd0 N4,hhmi: 4324 4325
            N6,yymmdd: 4326 7006
            N6 [X1]: 4330 4331 4332 4333
            N13: 7001
            N6,yymmdd N4,hhmi: 7003
            N..4: 7004
            X..12: 7005
            N6,yymmdd [N6],yymmdd: 7007
            X..10: 7009 7255
            X..2: 7010
            N6,yymmdd [N4],hhmi: 7011
            N3 X..27: 7030-7039
            N1 X1 X1 X1: 7040
            X..4: 7041
            X2 X..28: 7230-7239
            N2,mediatype: 7241
            X..25: 7242 8020
            N8,yyyymmdd: 7250
            N8,yyyymmdd N4,hhmi: 7251
            N1,iso5218: 7252
            X..40,pcenc: 7253 7254 7259
            X..90,pcenc: 7256
            X3,posinseqslash: 7258
            N4,nonzero N5,nonzero N3,nonzero N1 N1: 8001
            N1 N13,csum [X..16]: 8003
            N14,csum N4,pieceoftotal: 8006 8026
            X..34: 8007
            N6,yymmdd N2 [N2] [N2]: 8008
            X..50: 8009
            Y..30: 8010
            N..12: 8011
            X..25,csumalpha: 8013 8014
            N18,csum: 8017 8018
            N..10: 8019
            Z..90: 8030
            N15: 8040 8041
            N32: 8042
            N18 [N..2]: 8043
            X..70: 8110 8112 8200
            X..90: 91-99
            """;

    static final Map<String, Identifier> ALL = read();

    private ApplicationIdentifiers() {}

    /** The identifier with which {@code text} begins at {@code from}; none begins with another, so there is at most one. */
    static Optional<Identifier> at(String text, int from) {
        for (int length = 2; length <= 4 && from + length <= text.length(); length++) {
            var found = ALL.get(text.substring(from, from + length));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static Map<String, Identifier> read() {
        var all = new TreeMap<String, Identifier>();
        TABLE.lines().forEach(line -> {
            var colon = line.indexOf(':');
            var predefined = line.startsWith("*");
            var format = FieldFormat.of(line.substring(predefined ? 1 : 0, colon));
            for (var codes : line.substring(colon + 2).split(" ", -1)) {
                var dash = codes.indexOf('-');
                var first = dash < 0 ? codes : codes.substring(0, dash);
                var last = dash < 0 ? codes : codes.substring(dash + 1);
                for (int code = Integer.parseInt(first); code <= Integer.parseInt(last); code++) {
                    var text = ("%0" + first.length() + "d").formatted(code);
                    all.put(text, new Identifier(text, format, predefined));
                }
            }
        });
        return Collections.unmodifiableMap(all);
    }
}
