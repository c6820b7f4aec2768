# Completion of photoaes for bash; made by packaging/manual.py.
_photoaes() {
    local current=${COMP_WORDS[COMP_CWORD]} command="" word words=""
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in -* | */* | *.*) ;; *) command="$command${command:+ }$word" ;; esac
    done
    case $command in
        "") words="rank score scan rate settle clock faces export profile ratings sample doctor help bank evaluate reproduce --verbose --version --help" ;;
        "rank") words="--ratings --method --bank --profile --save --anyway --split-pairs --top --percent --min-stars --one-per-group --out --json --export --sidecars --quiet --device --seed --help" ;;
        "score") words="--out --bank --profile --engine --workers --address --part --half --quiet --device --help" ;;
        "scan") words="--split-pairs --forget-missing --help" ;;
        "rate") words="--stars --flag --label --xmp --adobe-names --split-pairs --undo --redo --help" ;;
        "settle") words="--same --other --mine --theirs --split-pairs --help" ;;
        "clock") words="--late --ahead --split-pairs --help" ;;
        "faces") words="--split-pairs --help" ;;
        "export") words="--profile --top --percent --min-stars --one-per-group --mode --names --files --split-pairs --sidecars --xmp --adobe-names --contact-sheet --web-page --plan --help" ;;
        "profile") words="list show export model import rename remove --help" ;;
        "profile list") words="--help" ;;
        "profile show") words="--help" ;;
        "profile export") words="--help" ;;
        "profile model") words="--help" ;;
        "profile import") words="--help" ;;
        "profile rename") words="--help" ;;
        "profile remove") words="--help" ;;
        "ratings") words="import export fill unfill --help" ;;
        "ratings import") words="--split-pairs --help" ;;
        "ratings export") words="--csv --xmp --adobe-names --split-pairs --help" ;;
        "ratings fill") words="--profile --plan --split-pairs --help" ;;
        "ratings unfill") words="--split-pairs --help" ;;
        "sample") words="--help" ;;
        "doctor") words="--json --help" ;;
        "help") words="--help" ;;
        "bank") words="list info verify install download remove compress import pack distill probe label contents train starter prior --help" ;;
        "bank list") words="--help" ;;
        "bank info") words="--help" ;;
        "bank verify") words="--help" ;;
        "bank install") words="--help" ;;
        "bank download") words="--help" ;;
        "bank remove") words="--help" ;;
        "bank compress") words="--to --rank --help" ;;
        "bank import") words="--without --help" ;;
        "bank pack") words="--help" ;;
        "bank distill") words="--teacher --steps --batch --lr --size --patch --blocks --joined-from --start --device --seed --help" ;;
        "bank probe") words="--images --scores --column --theme --teacher --teacher-sizes --help" ;;
        "bank label") words="--images --scores --column --scale --only --teacher --companion --at-most --work --device --help" ;;
        "bank contents") words="--clusters --name --teacher --companion --at-most --work --device --help" ;;
        "bank train") words="--database --task --scores --images --column --scale --description --source --licence --student --model --pretrained --head-steps --head-lr --steps --lr --rank --work --checkpoint-every --dry-run --missing-at-most --device --seed --help" ;;
        "bank starter") words="--work --without-half --like --device --help" ;;
        "bank prior") words="--images --ratings --scale --themes --photos --at-most --experts --unrated --twins --leave-out --only --device --help" ;;
        "evaluate") words="--database --images --ratings --scale --bank --seen --missing-at-most --people --share --methods --shots --min-query --trials --temperature --steps --seed --device --jobs --cache --results --dry-run --speed --summary --agreement --report --told --help" ;;
        "reproduce") words="--data --bank --checkpoints --without --student --model --quick --temperature --jobs --seed --dry-run --missing-at-most --device --help" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; compgen -f -- "$current")
}
complete -o filenames -F _photoaes photoaes
