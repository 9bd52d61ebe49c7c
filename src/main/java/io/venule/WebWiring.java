package io.venule;

import io.venule.signing.KeyFiles;
import io.venule.signing.NoteKey;
import io.venule.symbol.SymbolReader;
import io.venule.symbol.SymbolWriter;
import io.venule.symbol.SymbolsRead;
import io.venule.web.LabelPictures;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the pages what other edges can do. */
final class WebWiring {
    /** Large enough to print and to read back from a photograph. */
    private static final int PIXELS_PER_MODULE = 8;

    private WebWiring() {}

    @Produces
    @Singleton
    static LabelPictures labelPictures() {
        return new SymbolPictures(new SymbolReader(SymbolReader.USUAL_BUDGET));
    }

    @Produces
    @Singleton
    static NoteKey logVerifierKey(VenuleSettings settings) {
        return KeyFiles.noteKey(settings.keys().directory().resolve("log.vkey"));
    }

    private record SymbolPictures(SymbolReader reader) implements LabelPictures {
        @Override
        public Reading read(byte[] file) {
            return switch (reader.read(file)) {
                case SymbolsRead.One(var text) -> new Reading.One(text);
                case SymbolsRead.Many many -> new Reading.Bad(many.reason(), many.remedy());
                case SymbolsRead.None(var reason, var remedy) -> new Reading.Bad(reason, remedy);
                case SymbolsRead.Refused(var reason, var remedy) -> new Reading.Bad(reason, remedy);
            };
        }

        @Override
        public byte[] draw(String elementString) {
            return SymbolWriter.dataMatrix(elementString).png(PIXELS_PER_MODULE);
        }
    }
}
