#!/bin/sh
# cap-snapshot.sh: capture, list, restore and promote snapshots of a CAP agent's configuration in S3.
#
# Part of capgen, which publishes it into the snapshot bucket. It is capgen's own and not the vendor's snapshot tool:
# whether an agent image restores this archive from S3_GOLD_MASTER when it starts is up to the image. Try that first.
#
# HOME/<AgentName>/ holds the configuration and the key material that goes with it, and neither is of use without the
# other. So a snapshot is always the whole directory, and a restore puts a whole directory in the place of the old one.
# A snapshot is a secret: keep it in the bucket, and keep no copies.
set -eu
umask 077

usage() {
    cat <<'END'
Usage: cap-snapshot.sh COMMAND [-a AGENT] [-b BUCKET] [-d HOME] [-p PREFIX] [KEY ...]

  capture            archive HOME/AGENT, upload it, print its key
  list               print when each snapshot of AGENT was uploaded, its size in bytes, and its key
  restore KEY        put the snapshot in the place of HOME/AGENT; what was there is kept beside it
  promote KEY GOLD   copy the snapshot to the key GOLD, from which tasks restore when they start

  -a AGENT   name of the agent               (CAP_AGENT_NAME)
  -b BUCKET  name of the snapshot bucket     (CAP_SNAPSHOT_BUCKET)
  -d HOME    directory that holds the agent's directory   (CAP_HOME, else HOME)
  -p PREFIX  snapshots.prefix of the deployment, empty or ending in a slash   (CAP_SNAPSHOT_PREFIX)

It needs the AWS CLI, tar, gzip, and sha256sum or shasum. Results go to standard output, all else to standard error.
Exit status: 0 done, 1 failed, 2 called in the wrong way.
END
}

say() { printf '%s\n' "cap-snapshot: $*" >&2; }

die() {
    say "$*"
    exit 1
}

misused() {
    say "$*"
    usage >&2
    exit 2
}

work=
staging=
cleanup() {
    [ -z "$work" ] || rm -rf "$work"
    [ -z "$staging" ] || rm -rf "$staging"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# digest_of FILE: set digest to the file's SHA-256.
digest_of() {
    if command -v sha256sum >/dev/null 2>&1; then
        digest=$(sha256sum <"$1")
    else
        digest=$(shasum -a 256 <"$1")
    fi
    digest=${digest%% *}
    [ -n "$digest" ] || die "cannot compute a digest"
}

# upload FILE KEY: put the archive under KEY, with its digest, and tell which version of the key that became.
upload() {
    digest_of "$1"
    version=$(aws s3api put-object --bucket "$bucket" --key "$2" --body "$1" --content-type application/gzip \
        --metadata "agent=$agent,sha256=$digest" --query VersionId --output text) || die "cannot upload to s3://$bucket/$2"
    say "s3://$bucket/$2 is now version $version"
}

# fetch KEY FILE: download a snapshot and make sure that it is whole and this agent's.
fetch() {
    # One request brings the archive and its digest, so that the two belong together even while the key is overwritten.
    expected=$(aws s3api get-object --bucket "$bucket" --key "$1" --query Metadata.sha256 --output text "$2") ||
        die "cannot download s3://$bucket/$1"
    [ "$expected" != None ] || die "s3://$bucket/$1 was not captured by this script: it has no digest"
    digest_of "$2"
    [ "$digest" = "$expected" ] || die "s3://$bucket/$1 is damaged: it has another digest than when it was captured"
    tar -tzf "$2" >"$work/members" || die "s3://$bucket/$1 cannot be read"
    while IFS= read -r member; do
        case /$member/ in
        */../*) die "s3://$bucket/$1 would write outside $agent/: $member" ;;
        "/$agent/"*) ;;
        *) die "s3://$bucket/$1 is a snapshot of another agent: it holds $member, not $agent/" ;;
        esac
    done <"$work/members"
    [ -s "$work/members" ] || die "s3://$bucket/$1 is empty"
}

capture() {
    [ -d "$home/$agent" ] || die "there is no directory $home/$agent"
    [ ! -L "$home/$agent" ] || die "$home/$agent is a symbolic link: name the directory that holds the real one with -d"
    content=$(ls -A "$home/$agent")
    [ -n "$content" ] || die "$home/$agent is empty: a snapshot of it would restore a blank agent"
    # tar fails when a file changes under its hands, and then configuration and keys may not belong together.
    tar -czf "$work/snapshot.tar.gz" -C "$home" "$agent" ||
        die "cannot archive $home/$agent: if the agent was writing to it, capture again"
    key=$prefix$agent/$agent-$now.tar.gz
    upload "$work/snapshot.tar.gz" "$key"
    printf '%s\n' "$key"
}

list() {
    found=$(aws s3api list-objects-v2 --bucket "$bucket" --prefix "$prefix$agent/" \
        --query 'Contents[].[LastModified, Size, Key]' --output text) || die "cannot list s3://$bucket/$prefix$agent/"
    if [ -z "$found" ] || [ "$found" = None ]; then
        say "there is no snapshot under s3://$bucket/$prefix$agent/"
    else
        printf '%s\n' "$found"
    fi
}

restore() {
    [ -d "$home" ] || die "there is no directory $home"
    fetch "$1" "$work/snapshot.tar.gz"
    # Beside its destination, so that a rename is all that is left to do.
    staging=$(mktemp -d "$home/.cap-snapshot.XXXXXX") || die "cannot write to $home"
    tar -xpzf "$work/snapshot.tar.gz" -C "$staging" || die "cannot unpack s3://$bucket/$1: nothing is changed"
    [ -d "$staging/$agent" ] || die "s3://$bucket/$1 holds no directory $agent: nothing is changed"
    previous=
    if [ -e "$home/$agent" ] || [ -L "$home/$agent" ]; then
        previous=$home/$agent.before-$now
        [ ! -e "$previous" ] || die "$previous exists already: nothing is changed"
        mv "$home/$agent" "$previous" || die "cannot move $home/$agent aside, is it a mount point? Nothing is changed"
    fi
    if ! mv "$staging/$agent" "$home/$agent"; then
        [ -z "$previous" ] || mv "$previous" "$home/$agent"
        die "cannot put the snapshot into $home/$agent: what was there is back"
    fi
    [ -z "$previous" ] || say "what was there is in $previous: delete it when it is no longer needed, it holds keys"
    say "restart the agent to use what was restored"
    printf '%s\n' "$home/$agent"
}

promote() {
    fetch "$1" "$work/snapshot.tar.gz"
    # What was checked is what is uploaded. The version that it replaces stays in the bucket and can be promoted again.
    upload "$work/snapshot.tar.gz" "$2"
    say "set snapshots.gold_master_key to $2; tasks that start from now on restore it"
    printf '%s\n' "$2"
}

needed() {
    for tool in aws tar gzip; do
        command -v "$tool" >/dev/null 2>&1 || die "$tool is needed, and is not on PATH"
    done
    command -v sha256sum >/dev/null 2>&1 || command -v shasum >/dev/null 2>&1 ||
        die "sha256sum or shasum is needed, and neither is on PATH"
}

[ $# -gt 0 ] || misused "a command is missing"
command=$1
shift
case $command in
capture | list) keys=0 ;;
restore) keys=1 ;;
promote) keys=2 ;;
help | -h | --help)
    usage
    exit 0
    ;;
*) misused "there is no command $command" ;;
esac

agent=${CAP_AGENT_NAME-}
bucket=${CAP_SNAPSHOT_BUCKET-}
home=${CAP_HOME-${HOME-}}
prefix=${CAP_SNAPSHOT_PREFIX-}
while getopts a:b:d:p: option; do
    case $option in
    a) agent=$OPTARG ;;
    b) bucket=$OPTARG ;;
    d) home=$OPTARG ;;
    p) prefix=$OPTARG ;;
    *) misused "there is no such option" ;;
    esac
done
shift $((OPTIND - 1))

[ $# -eq "$keys" ] || misused "$command takes $keys key(s), not $#"
[ -n "$agent" ] || misused "the agent is not named: -a or CAP_AGENT_NAME"
[ -n "$bucket" ] || misused "the bucket is not named: -b or CAP_SNAPSHOT_BUCKET"
[ -n "$home" ] || misused "the home directory is not named: -d or CAP_HOME"
case $agent in
[!A-Za-z0-9]* | *[!A-Za-z0-9_.-]*) misused "\"$agent\" is no agent's name" ;;
esac
case $prefix in
'' | */) ;;
*) misused "the prefix must end in a slash: $prefix" ;;
esac

needed
now=$(date -u +%Y%m%dT%H%M%SZ)
work=$(mktemp -d)
"$command" "$@"
