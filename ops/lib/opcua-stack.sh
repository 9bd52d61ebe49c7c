# Another OPC UA stack, so that the pump's model is read by code that shares nothing with ours. Source this file.

# Puts node-opcua below target/ where Node is installed, and prints the folder; prints nothing where it cannot be had.
other_stack() {
    local folder=target/opcua-stack
    command -v npm >/dev/null 2>&1 || return 0
    if [ ! -d "$folder/node_modules/node-opcua-nodesets" ]; then
        mkdir -p "$folder"
        timeout 180 npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-save \
            node-opcua-address-space@2.182.2 node-opcua-nodesets@2.182.0 </dev/null >"$folder/install.log" 2>&1 || return 0
    fi
    echo "$folder"
}
