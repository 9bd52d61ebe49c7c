# Sets CLASS_PATH to the packaged application or, before packaging, to the compiled classes with their few libraries.
# To be sourced after ROOT is set to the project's folder.

venule_class_path() {
    app=$ROOT/target/quarkus-app
    if [ -d "$app/app" ] && [ -d "$app/lib/main" ] && [ -z "${VENULE_CLASSES:-}" ]; then
        CLASS_PATH=
        for jar in "$app"/app/*.jar; do
            CLASS_PATH=$CLASS_PATH$jar:
        done
        CLASS_PATH="$CLASS_PATH$app/lib/main/*"
        return 0
    fi
    if [ -d "$ROOT/target/classes/io/venule/signing" ]; then
        repository=${MAVEN_REPO_LOCAL:-${HOME:-}/.m2/repository}
        CLASS_PATH=$ROOT/target/classes
        for library in org/bouncycastle/bcprov-jdk18on org/bouncycastle/bcpkix-jdk18on org/bouncycastle/bcutil-jdk18on \
            com/fasterxml/jackson/core/jackson-core org/apache/commons/commons-csv commons-io/commons-io commons-codec/commons-codec; do
            # Of several versions the newest: other projects of this machine keep theirs there too.
            jar=$(find "$repository/$library" -name "${library##*/}-[0-9]*.jar" 2>/dev/null | sort -V | tail -n 1)
            CLASS_PATH=$CLASS_PATH${jar:+:$jar}
        done
        return 0
    fi
    echo "Nothing built yet. Run: mvn -DskipTests package" >&2
    return 1
}

venule_class_path || exit 3
