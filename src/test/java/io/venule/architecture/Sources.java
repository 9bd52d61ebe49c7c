package io.venule.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The rules about source text. Each returns complaints, one per line, naming the file; none means the rule holds. */
public final class Sources {
    private static final Pattern PURPOSE = Pattern.compile("(?s)\\s*/\\*\\*.*?\\S.*?\\*/\\s*.*");

    private Sources() {}

    /** All Java files below these folders. */
    public static List<Path> below(Path... folders) {
        var files = new ArrayList<Path>();
        for (var folder : folders) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(files);
    }

    /** Files with more lines than this. */
    public static List<String> longFiles(List<Path> files, int most) {
        return files.stream()
                .filter(file -> text(file).lines().count() > most)
                .map(file -> file + " has " + text(file).lines().count() + " lines; at most " + most)
                .toList();
    }

    /** Methods and constructors with more lines than this, signature and braces included. */
    public static List<String> longMethods(List<Path> files, int most) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var complaints = new ArrayList<String>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                new LongMethods(unit, positions, most, complaints).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(complaints);
    }

    private static final class LongMethods extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final int most;
        private final List<String> complaints;

        LongMethods(CompilationUnitTree unit, SourcePositions positions, int most, List<String> complaints) {
            this.unit = unit;
            this.positions = positions;
            this.most = most;
            this.complaints = complaints;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            long start = positions.getStartPosition(unit, method);
            long end = positions.getEndPosition(unit, method);
            if (start >= 0 && end >= 0) {
                long lines =
                        unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(start) + 1;
                if (lines > most) {
                    complaints.add(unit.getSourceFile().getName() + ": " + method.getName() + " has " + lines
                            + " lines; at most " + most);
                }
            }
            return super.visitMethod(method, null);
        }
    }

    /** Packages without a description that says what they are for and that null does not exist in them. */
    public static List<String> packagesWithoutPurpose(List<Path> files) {
        return files.stream()
                .map(Path::getParent)
                .distinct()
                .map(folder -> folder.resolve("package-info.java"))
                .filter(file -> !Files.exists(file) || !saysItsPurpose(text(file)))
                .map(file -> file + " must say what the package is for and be @NullMarked")
                .toList();
    }

    private static boolean saysItsPurpose(String text) {
        return (text.contains("@org.jspecify.annotations.NullMarked") || text.contains("@NullMarked"))
                && PURPOSE.matcher(text).matches();
    }

    /** Lines that hold the pattern. */
    public static List<String> lines(List<Path> files, Pattern unwanted) {
        return files.stream()
                .flatMap(file -> {
                    var lines = text(file).lines().toList();
                    return Stream.iterate(0, i -> i + 1)
                            .limit(lines.size())
                            .filter(i -> unwanted.matcher(lines.get(i)).find())
                            .map(i -> file + ":" + (i + 1) + ": " + lines.get(i).strip());
                })
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
