#!/usr/bin/env bash
# Says which columns have another type than before. Each run goes on where the last one ended: its place is in a file.
set -euo pipefail

server=${CARTULARY_URL:-http://127.0.0.1:21000}
place=${1:-changed-columns.place}

events() {
    curl -s --max-time 60 --fail-with-body -G "$server/api/events" -H "Authorization: Bearer $CARTULARY_API_KEY" "$@"
}

# The first run only notes where the log ends.
if [[ ! -f $place ]]; then
    events -d after=latest | jq -r '"\(.log) \(.next)"' > "$place"
fi

read -r log after < "$place"
while true; do
    page=$(events -d "log=$log" -d "after=$after" -d typeName=Column -d operation=ENTITY_UPDATE)
    jq -r '.events[] | "#\(.seq)" as $number | .envelope.message
        | select(.mutatedDetails.attributes | has("dataType"))
        | "\($number) \(.entity.attributes.qualifiedName): \(.previousDetails.attributes.dataType) -> \(.mutatedDetails.attributes.dataType)"' <<< "$page"

    # The place moves after the work is done. Killed in between, the next run says the same changes again.
    after=$(jq -r .next <<< "$page")
    echo "$log $after" > "$place.next"
    mv "$place.next" "$place"
    if (( after >= $(jq -r .head <<< "$page") )); then
        break
    fi
done
