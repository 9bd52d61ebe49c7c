package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @Test
    void a_folder_in_use_is_not_used_twice_and_is_free_again_afterwards(@TempDir Path place) throws IOException {
        var first = RunFolder.kept(place);

        assertThatThrownBy(() -> RunFolder.kept(place))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by another stack");
        first.close();

        try (var again = RunFolder.kept(place)) {
            assertThat(again.root()).isEqualTo(place);
        }
    }
}
