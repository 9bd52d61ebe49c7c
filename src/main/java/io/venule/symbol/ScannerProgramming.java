package io.venule.symbol;

import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;

/**
 * Tells symbols that program a scanner: Data Matrix with codeword 234 first, Code 128 with FNC3, Aztec with its initialization flag. Their text is no label's
 * text, whatever it says. Source: ISO/IEC 16022, 15417, 24778; T-57.
 */
final class ScannerProgramming {
    static final String MARK = "programs a scanner";

    private static final int DATA_MATRIX_READER_PROGRAMMING = 234;
    private static final int CODE_128_FNC3 = 96;
    private static final int TO_C = 99;
    private static final int TO_B = 100;
    private static final int TO_A = 101;
    private static final int START_A = 103;
    private static final int START_C = 105;

    private ScannerProgramming() {}

    static boolean isIn(Result result) {
        return switch (result.getBarcodeFormat()) {
            case DATA_MATRIX -> first(result.getRawBytes()) == DATA_MATRIX_READER_PROGRAMMING;
            case CODE_128 -> hasFnc3(result.getRawBytes());
            default ->
                result.getResultMetadata() != null
                        && MARK.equals(result.getResultMetadata().get(ResultMetadataType.OTHER));
        };
    }

    private static int first(byte[] words) {
        return words == null || words.length == 0 ? -1 : words[0] & 0xff;
    }

    /** In code set C the same number stands for the digits 96; the check number at the end is no data. */
    private static boolean hasFnc3(byte[] codes) {
        var inC = false;
        for (int i = 0; i < codes.length - 2; i++) {
            switch (codes[i] & 0xff) {
                case CODE_128_FNC3 -> {
                    if (!inC) {
                        return true;
                    }
                }
                case TO_C, START_C -> inC = true;
                case TO_B, TO_A, START_A, START_A + 1 -> inC = false;
                default -> {}
            }
        }
        return false;
    }
}
